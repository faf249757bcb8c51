package lancaster.igmp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * The header of an IPv4 or IPv6 packet, and as much of its payload as was captured (RFC 791, RFC 8200).
 *
 * @param trafficClass DSCP and ECN
 * @param protocol that of the payload, behind IPv6 extension headers
 * @param first whether the payload begins here; false for the later fragments of a datagram
 */
public record IpPacket(
        InetAddress from, InetAddress to, int trafficClass, int ttl, int protocol, boolean first, Bytes payload) {
    public static final int IGMP = 2;
    public static final int UDP = 17;
    public static final int ICMPV6 = 58;

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int IPV6_ADDRESS_BYTES = 16;
    private static final int EXTENSION_UNIT_BYTES = 8;
    /** Extension headers that are passed over; more than that is no packet that we care for. */
    private static final int MAX_EXTENSIONS = 4;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    /** Empty where this is no IP packet, or not all of its header. */
    public static Optional<IpPacket> parse(Bytes packet) {
        if (packet.isEmpty()) {
            return Optional.empty();
        }
        return switch (packet.u8(0) >> 4) {
            case 4 -> parseV4(packet);
            case 6 -> parseV6(packet);
            default -> Optional.empty();
        };
    }

    private static Optional<IpPacket> parseV4(Bytes packet) {
        if (packet.length() < IPV4_HEADER_BYTES) {
            return Optional.empty();
        }
        int headerBytes = (packet.u8(0) & 0xF) * 4;
        int totalBytes = packet.u16(2);
        if (headerBytes < IPV4_HEADER_BYTES || headerBytes > packet.length() || totalBytes < headerBytes) {
            return Optional.empty();
        }
        boolean first = (packet.u16(6) & 0x1FFF) == 0;
        int payloadBytes = Math.min(totalBytes, packet.length()) - headerBytes;
        return Optional.of(new IpPacket(
                address(packet.slice(12, 4)),
                address(packet.slice(16, 4)),
                packet.u8(1),
                packet.u8(8),
                packet.u8(9),
                first,
                packet.slice(headerBytes, payloadBytes)));
    }

    private static Optional<IpPacket> parseV6(Bytes packet) {
        if (packet.length() < IPV6_HEADER_BYTES) {
            return Optional.empty();
        }
        int end = Math.min(IPV6_HEADER_BYTES + packet.u16(4), packet.length());
        int protocol = packet.u8(6);
        int at = IPV6_HEADER_BYTES;
        boolean first = true;
        for (int i = 0; i < MAX_EXTENSIONS && isExtension(protocol); i++) {
            if (at + EXTENSION_UNIT_BYTES > end) {
                return Optional.empty();
            }
            boolean fragment = protocol == FRAGMENT;
            first &= !fragment || packet.u16(at + 2) >> 3 == 0;
            protocol = packet.u8(at);
            at += fragment ? EXTENSION_UNIT_BYTES : (packet.u8(at + 1) + 1) * EXTENSION_UNIT_BYTES;
        }
        if (isExtension(protocol) || at > end) {
            return Optional.empty();
        }
        return Optional.of(new IpPacket(
                address(packet.slice(8, 16)),
                address(packet.slice(24, 16)),
                (packet.u16(0) >> 4) & 0xFF,
                packet.u8(7),
                protocol,
                first,
                packet.slice(at, end - at)));
    }

    private static boolean isExtension(int protocol) {
        return protocol == HOP_BY_HOP || protocol == ROUTING || protocol == FRAGMENT || protocol == DESTINATION_OPTIONS;
    }

    /** The IP address of 4 or 16 bytes; of 16 always one of IPv6, also where it says an IPv4 address. */
    static InetAddress address(Bytes bytes) {
        try {
            return bytes.length() == IPV6_ADDRESS_BYTES
                    ? Inet6Address.getByAddress("", bytes.toArray(), -1)
                    : InetAddress.getByAddress(bytes.toArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("neither 4 nor 16 bytes: " + bytes.length(), e);
        }
    }
}
