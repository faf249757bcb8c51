/**
 * What a transport stream is like as it comes: the measurements of ETSI TR 101 290 that matter over IP, clock references
 * against arrival, rates, the media delivery index of RFC 4445. § without a document means TR 101 290 V1.4.1. Everything
 * belongs to the loop that receives; times of arrival are handed in.
 */
@NullMarked
package lancaster.mpegts.analysis;

import org.jspecify.annotations.NullMarked;
