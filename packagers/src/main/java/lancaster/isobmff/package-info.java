/**
 * Fragmented MP4: an initialization segment and fragments as HLS and CMAF players take them, written and read. § without a
 * document means ISO/IEC 14496-12. A writer belongs to the loop that packages its stream.
 */
@NullMarked
package lancaster.isobmff;

import org.jspecify.annotations.NullMarked;
