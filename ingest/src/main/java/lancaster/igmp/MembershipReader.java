package lancaster.igmp;

import java.net.InetAddress;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * Finds the messages of IGMP and MLD in IP packets. Other packets are none of its business; a message whose checksum or
 * length is wrong, or that comes from where none may come, is counted and dropped (RFC 3376 §4, RFC 3810 §5).
 */
public final class MembershipReader {
    private long messages;
    private long malformed;

    /** @param malformed messages that were dropped */
    public record Stats(long messages, long malformed) {}

    public Stats stats() {
        return new Stats(messages, malformed);
    }

    /** The message of a packet that begins with its IP header. */
    public Optional<HeardMessage> read(Bytes packet) {
        Optional<IpPacket> parsed = IpPacket.parse(packet);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        IpPacket ip = parsed.get();
        Bytes message = ip.payload();
        boolean igmp = ip.protocol() == IpPacket.IGMP && packet.u8(0) >> 4 == 4 && IgmpMessages.isOurs(message);
        boolean mld = ip.protocol() == IpPacket.ICMPV6 && packet.u8(0) >> 4 == 6 && MldMessages.isOurs(message);
        if (!igmp && !mld) {
            return Optional.empty();
        }
        Optional<MembershipMessage> read = Optional.empty();
        if (ip.first() && (igmp ? Checksums.isIgmp(message) : Checksums.isIcmpv6(ip) && isFromTheLink(ip))) {
            read = igmp ? IgmpMessages.read(message) : MldMessages.read(message);
        }
        if (read.isEmpty()) {
            malformed++;
            return Optional.empty();
        }
        messages++;
        return Optional.of(new HeardMessage(ip.from(), ip.to(), ip.ttl(), read.get()));
    }

    /** MLD that came over a router is a forgery (RFC 3810 §5.1.14, §5.2.13); a host may not have an address yet. */
    private static boolean isFromTheLink(IpPacket ip) {
        InetAddress from = ip.from();
        return ip.ttl() == 1 && (from.isLinkLocalAddress() || from.isAnyLocalAddress());
    }
}
