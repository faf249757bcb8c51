package lancaster.igmp;

import java.net.InetAddress;

/**
 * A message with what its packet says.
 *
 * @param from the querier or the host; unspecified for a host without an address and a snooping switch's own queries
 * @param ttl 1, unless a program makes packets of its own
 */
public record HeardMessage(InetAddress from, InetAddress to, int ttl, MembershipMessage message) {}
