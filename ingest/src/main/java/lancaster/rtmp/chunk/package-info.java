/**
 * RTMP chunk streams (RTMP 1.0 §5.3, §5.4): bytes to whole messages and back. Sans-I/O, owned by the loop of the
 * connection; the bytes of a message are copied once, from the socket's buffer into the message's own array.
 */
@NullMarked
package lancaster.rtmp.chunk;

import org.jspecify.annotations.NullMarked;
