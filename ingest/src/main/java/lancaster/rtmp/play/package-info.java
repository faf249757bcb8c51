/**
 * Playing to many at once (RTMP 1.0 §7.2.2.1): on each loop a {@link lancaster.rtmp.play.FanOut} takes a stream once,
 * makes batches of what comes within some hundredths of a second, and keeps the latest of them in a
 * {@link lancaster.rtmp.play.Reel}; each {@link lancaster.rtmp.play.Viewer} has its own place on the reel. A viewer that
 * falls behind jumps to a later random access point: nothing is queued for it. Sans-I/O; all of it belongs to the loop of
 * the connections that play.
 */
@NullMarked
package lancaster.rtmp.play;

import org.jspecify.annotations.NullMarked;
