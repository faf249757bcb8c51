/**
 * RTMP sessions (RTMP 1.0 §7.2): what a connection has agreed upon and who publishes on it, as state machines between a
 * {@link lancaster.rtmp.session.RtmpTransport} and a {@link lancaster.rtmp.session.PublishHandler}. Sans-I/O; all of a
 * connection belongs to the loop that its socket is on.
 */
@NullMarked
package lancaster.rtmp.session;

import org.jspecify.annotations.NullMarked;
