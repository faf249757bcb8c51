/** Sockets of IP multicast on the multicast loop: timed datagrams out, joined groups in. */
@NullMarked
package lancaster.multicast.net;

import org.jspecify.annotations.NullMarked;
