/**
 * RTMP on sockets. Netty's buffers are born and die in this room; everything behind it sees bytes and run loops. Each
 * connection belongs to the publish loop that its channel is registered with.
 */
@NullMarked
package lancaster.rtmp.net;

import org.jspecify.annotations.NullMarked;
