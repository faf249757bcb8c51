/**
 * Who asked to receive which group, as far as it can be heard: the messages of IGMPv1, v2 and v3 and of MLDv1 and v2, and
 * a table of the memberships that they report. No sockets here; {@code net} listens.
 *
 * <p>What can be heard depends on the place. A switch with IGMP snooping passes reports on to routers and queriers only,
 * so that a host behind one hears few or none: no joins heard doesn't mean that there are none.
 */
@NullMarked
package lancaster.igmp;

import org.jspecify.annotations.NullMarked;
