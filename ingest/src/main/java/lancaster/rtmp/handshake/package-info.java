/**
 * The RTMP handshake (RTMP 1.0 §5.2) in both directions, plain and with the digests that Flash Player 9 brought. Sans-I/O:
 * bytes in, bytes out; owned by the loop of its connection and thrown away when the chunk streams begin.
 */
@NullMarked
package lancaster.rtmp.handshake;

import org.jspecify.annotations.NullMarked;
