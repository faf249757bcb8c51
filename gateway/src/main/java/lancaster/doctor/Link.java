package lancaster.doctor;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network interface.
 *
 * @param up whether it was set up
 * @param mtuBytes the largest IP packet
 */
public record Link(
        String name,
        int index,
        boolean up,
        boolean loopback,
        boolean multicast,
        int mtuBytes,
        List<LinkAddress> addresses) {
    public Link {
        addresses = List.copyOf(addresses);
    }

    public boolean hasIpv4() {
        return addresses.stream().anyMatch(one -> one.address() instanceof Inet4Address);
    }

    public boolean hasIpv6() {
        return addresses.stream().anyMatch(one -> !(one.address() instanceof Inet4Address));
    }

    public boolean has(InetAddress address) {
        return addresses.stream().anyMatch(one -> one.address().equals(address));
    }

    /** Whether multicast can leave by it to others. */
    public boolean usable() {
        return up && multicast && !loopback && !addresses.isEmpty();
    }

    /** {@code 10.0.0.5/24, fd00::5/64}; IPv4 first. */
    public String addressText() {
        return addresses.stream()
                .map(LinkAddress::toString)
                .sorted((a, b) -> Boolean.compare(a.contains(":"), b.contains(":")))
                .collect(Collectors.joining(", "));
    }
}
