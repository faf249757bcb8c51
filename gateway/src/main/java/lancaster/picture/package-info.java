/**
 * Still pictures of streams: a recent key frame, decoded by jcodec, as JPEG. Decoding takes tenths of seconds and happens
 * on a thread of its own, handed in as an executor; what is public may be called from any thread.
 */
@NullMarked
package lancaster.picture;

import org.jspecify.annotations.NullMarked;
