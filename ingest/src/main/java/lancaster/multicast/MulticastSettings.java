package lancaster.multicast;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;

/**
 * How one sender sends.
 *
 * @param networkInterface the only one its datagrams leave by
 * @param source an address of that interface; what source-specific receivers name
 * @param ttl routers that a datagram may pass, and one
 * @param dscp 0 to 63 (RFC 2474 §3)
 * @param loopback whether receivers on this box get it too
 */
public record MulticastSettings(
        InetSocketAddress group,
        NetworkInterface networkInterface,
        InetAddress source,
        int ttl,
        int dscp,
        boolean loopback) {
    public static final int MAX_TTL = 255;

    /** @throws IllegalArgumentException where a value is out of its range */
    public MulticastSettings {
        if (ttl < 0 || ttl > MAX_TTL) {
            throw new IllegalArgumentException("ttl " + ttl + " isn't 0 to " + MAX_TTL);
        }
        if (dscp < 0 || dscp > Dscp.MAX) {
            throw new IllegalArgumentException("dscp " + dscp + " isn't 0 to " + Dscp.MAX);
        }
        if (!group.getAddress().isMulticastAddress()) {
            throw new IllegalArgumentException(IpLiteral.text(group.getAddress()) + " is no multicast address");
        }
    }

    public boolean isIpv6() {
        return group.getAddress() instanceof java.net.Inet6Address;
    }

    /** What receivers join. */
    public MulticastGroup session() {
        return new MulticastGroup(group.getAddress(), group.getPort(), java.util.Optional.of(source));
    }
}
