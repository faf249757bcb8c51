/**
 * Streams that come in by themselves: MPEG-TS from IP multicast or plain UDP, over RTP or not, in one way or two, becomes
 * a live stream. {@link lancaster.receiver.Receiver} owns sockets and retries; {@link lancaster.receiver.Reception} is
 * what happens to datagrams, without sockets. Owner of all: the multicast loop; {@link lancaster.receiver.Receivers} may
 * be asked from any thread.
 */
@NullMarked
package lancaster.receiver;

import org.jspecify.annotations.NullMarked;
