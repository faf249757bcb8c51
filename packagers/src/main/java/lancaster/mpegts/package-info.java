/**
 * MPEG-TS, the muxer's side: access units become PES packets and TS packets. § without a document means ISO/IEC
 * 13818-1. A muxer belongs to the loop that packages its stream.
 */
@NullMarked
package lancaster.mpegts;

import org.jspecify.annotations.NullMarked;
