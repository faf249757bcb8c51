/** Listens for IGMP and MLD on an interface, by packet sockets, which need the right CAP_NET_RAW. */
@NullMarked
package lancaster.igmp.net;

import org.jspecify.annotations.NullMarked;
