/**
 * RTMFP on UDP sockets. Netty's buffers are born and die in this room; everything behind it sees bytes and run loops. A
 * socket, its endpoint and all sessions on it belong to one loop.
 */
@NullMarked
package lancaster.rtmfp.net;

import org.jspecify.annotations.NullMarked;
