/**
 * MPEG-TS, the reader's side: bytes become TS packets, sections, PES packets and at last media events. § without a
 * document means ISO/IEC 13818-1. Everything here belongs to the loop that receives the stream, reads no clock and
 * survives any input: what is broken is counted in {@link lancaster.mpegts.demux.TsFault}s.
 */
@NullMarked
package lancaster.mpegts.demux;

import org.jspecify.annotations.NullMarked;
