/**
 * IP multicast without sockets: groups, where they may be, which interface serves them, when a datagram leaves. The
 * sockets are in {@code multicast.net}. What lives here is owned by the multicast loop; records may go anywhere.
 */
@NullMarked
package lancaster.multicast;

import org.jspecify.annotations.NullMarked;
