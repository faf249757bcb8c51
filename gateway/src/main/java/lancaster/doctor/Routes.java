package lancaster.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The routes of {@code /proc/net/route} and {@code /proc/net/ipv6_route}. The first has the main table alone; rules that
 * look elsewhere (ip-rule(8)) aren't in it, so what a socket really uses is asked of a socket.
 */
public record Routes(List<Route> all) {
    private static final int UP = 0x1;
    private static final int REJECT = 0x200;

    /** @param gateway empty where the destination is on the link */
    public record Route(
            InetAddress network, int prefixBits, Optional<InetAddress> gateway, String interfaceName, long metric) {
        @Override
        public String toString() {
            String to = prefixBits == 0 ? "default" : new LinkAddress(network, prefixBits).toString();
            return to + gateway.map(by -> " via " + by.getHostAddress()).orElse("") + " dev " + interfaceName;
        }
    }

    public static Routes read(KernelFiles files) {
        List<Route> all = new ArrayList<>();
        files.lines("proc/net/route").forEach(line -> ipv4(line).ifPresent(all::add));
        files.lines("proc/net/ipv6_route").forEach(line -> ipv6(line).ifPresent(all::add));
        return new Routes(List.copyOf(all));
    }

    /** The route that the longest prefix gives, and of several the one of the lowest metric. */
    public Optional<Route> to(InetAddress address) {
        return all.stream()
                .filter(route -> Prefixes.covers(route.network(), route.prefixBits(), address))
                .min(Comparator.comparingInt((Route route) -> -route.prefixBits())
                        .thenComparingLong(Route::metric));
    }

    /** {@code Iface Destination Gateway Flags RefCnt Use Metric Mask …}. */
    private static Optional<Route> ipv4(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 8 || !fields[1].matches("[0-9A-F]{8}") || !fields[7].matches("[0-9A-F]{8}")) {
            return Optional.empty();
        }
        int flags = Integer.parseInt(fields[3], 16);
        if ((flags & UP) == 0 || (flags & REJECT) != 0) {
            return Optional.empty();
        }
        InetAddress gateway = KernelAddress.ipv4(fields[2]);
        return Optional.of(new Route(
                KernelAddress.ipv4(fields[1]),
                Integer.bitCount(Integer.parseUnsignedInt(fields[7], 16)),
                gateway.isAnyLocalAddress() ? Optional.empty() : Optional.of(gateway),
                fields[0],
                Long.parseLong(fields[6])));
    }

    /** Destination, its prefix, source, its prefix, next hop, metric, reference count, uses, flags, interface. */
    private static Optional<Route> ipv6(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 10 || !fields[0].matches("[0-9a-f]{32}") || !fields[4].matches("[0-9a-f]{32}")) {
            return Optional.empty();
        }
        int flags = Integer.parseUnsignedInt(fields[8], 16);
        if ((flags & UP) == 0 || (flags & REJECT) != 0) {
            return Optional.empty();
        }
        InetAddress gateway = KernelAddress.ipv6(fields[4]);
        return Optional.of(new Route(
                KernelAddress.ipv6(fields[0]),
                Integer.parseInt(fields[1], 16),
                gateway.isAnyLocalAddress() ? Optional.empty() : Optional.of(gateway),
                fields[9],
                Long.parseLong(fields[5], 16)));
    }
}
