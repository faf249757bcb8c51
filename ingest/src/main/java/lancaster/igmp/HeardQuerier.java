package lancaster.igmp;

import java.net.InetAddress;

/**
 * Someone who sends general queries.
 *
 * @param address unspecified for a switch that asks in nobody's name
 * @param version the lowest version it asked in
 * @param queryIntervalS what it says its interval is; 0 where it doesn't
 */
public record HeardQuerier(
        GroupProtocol protocol,
        InetAddress address,
        int version,
        int queryIntervalS,
        long queries,
        long firstNs,
        long lastNs) {}
