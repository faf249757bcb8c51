/**
 * Live streams as files without end, FLV and MPEG-TS, muxed once for all who read them. A muxer is owned by one loop; its
 * pieces are immutable.
 */
@NullMarked
package lancaster.endless;

import org.jspecify.annotations.NullMarked;
