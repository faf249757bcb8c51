/**
 * FLV: the tags that RTMP messages and FLV files share, and the way between tags and media events. § means annex E of
 * the FLV specification 10.1; E-RTMP is Enhanced RTMP v2. Demuxers and muxers belong to the loop of the session or file
 * that feeds them.
 */
@NullMarked
package lancaster.flv;

import org.jspecify.annotations.NullMarked;
