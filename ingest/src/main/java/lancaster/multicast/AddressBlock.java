package lancaster.multicast;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Which of the registered blocks a group lies in, and whether media belong there: IPv4 by RFC 5771, 2365, 4607, 2974,
 * IPv6 by RFC 4291, 3306, 3307, 4607.
 */
final class AddressBlock {
    private static final int SAP_GLOBAL = 0xe0027ffe;
    private static final int IPV6_SCOPE_INTERFACE = 1;
    private static final int IPV6_SCOPE_RESERVED = 15;
    private static final int FLAG_TRANSIENT = 1;
    private static final int FLAG_PREFIX = 2;
    private static final int FLAG_RESERVED = 8;
    /** RFC 3307 §4: group ids from here on are for hosts to choose. */
    private static final long FIRST_DYNAMIC_ID = 0x8000_0000L;

    private AddressBlock() {}

    /** 232.0.0.0/8 and ff3x::/32 (RFC 4607 §1): routers forward only what was asked for from a named sender. */
    static boolean isSourceSpecific(InetAddress group) {
        byte[] bytes = group.getAddress();
        return group instanceof Inet4Address
                ? bytes[0] == (byte) 232
                : bytes[0] == (byte) 0xff && (bytes[1] & 0xf0) == 0x30 && bytes[2] == 0 && bytes[3] == 0;
    }

    /** The Ethernet address that frames to the group have (RFC 1112 §6.4, RFC 2464 §7). */
    static String ethernet(InetAddress group) {
        byte[] bytes = group.getAddress();
        int low = lowest32(bytes);
        return group instanceof Inet4Address
                ? String.format("01:00:5e:%02x:%02x:%02x", low >> 16 & 0x7f, low >> 8 & 0xff, low & 0xff)
                : String.format("33:33:%02x:%02x:%02x:%02x", low >>> 24, low >> 16 & 0xff, low >> 8 & 0xff, low & 0xff);
    }

    /** What speaks against media in {@code group}, the worst first. */
    static Optional<AddressFinding> finding(InetAddress group) {
        String text = IpLiteral.text(group);
        if (!group.isMulticastAddress()) {
            return Optional.of(AddressFinding.refusal(text + " is no multicast address"));
        }
        return group instanceof Inet4Address
                ? ipv4(lowest32(group.getAddress()), text)
                : ipv6(group.getAddress(), text);
    }

    private static Optional<AddressFinding> ipv4(int group, String text) {
        if (in(group, "224.0.0.0", 24)) {
            return refused(text, "is link control: no router forwards it and switches flood it (RFC 5771 §4)");
        }
        if (in(group, "224.0.1.0", 24)) {
            return refused(text, "is assigned, like all of 224.0.1.0/24, to a protocol such as NTP (RFC 5771 §5)");
        }
        if (group == SAP_GLOBAL || group == ipv4("239.255.255.255") || group == ipv4("239.195.255.255")) {
            return refused(text, "is where sessions are announced (RFC 2974 §3)");
        }
        if (in(group, "239.255.255.0", 24) || in(group, "239.195.255.0", 24)) {
            return refused(text, "is among the top 256 of its scope, which are reserved (RFC 2365 §9)");
        }
        if (in(group, "232.0.0.0", 24)) {
            return refused(text, "is reserved, like all of 232.0.0.0/24 (RFC 4607 §9)");
        }
        if ((group & 0x7fff00) == 0) {
            return warned(
                    text,
                    "has the Ethernet address of 224.0.0." + (group & 0xff)
                            + ", which switches flood to every port (RFC 4541 §2.1.2)");
        }
        if (in(group, "224.2.0.0", 16)) {
            return warned(text, "lies in the block of sessions that agree on addresses by SAP (RFC 5771 §7)");
        }
        if (in(group, "224.0.0.0", 16) || in(group, "224.3.0.0", 16) || in(group, "224.4.0.0", 16)) {
            return warned(text, "lies in a block that IANA assigns (RFC 5771 §6)");
        }
        if (in(group, "233.252.0.0", 24)) {
            return warned(text, "lies in the block for examples in texts (RFC 6676)");
        }
        int first = group >>> 24;
        boolean reserved = (first >= 224 && first <= 231) || (first >= 235 && first <= 238);
        return reserved ? warned(text, "lies in a block that IANA keeps in reserve (RFC 5771)") : Optional.empty();
    }

    private static Optional<AddressFinding> ipv6(byte[] group, String text) {
        int flags = group[1] >> 4 & 15;
        int scope = group[1] & 15;
        if (scope == 0 || scope == IPV6_SCOPE_RESERVED || (flags & FLAG_RESERVED) != 0) {
            return refused(text, "has a reserved scope or flag (RFC 4291 §2.7)");
        }
        if (scope == IPV6_SCOPE_INTERFACE) {
            return refused(text, "has the scope of one interface and never leaves this box (RFC 4291 §2.7)");
        }
        if ((flags & FLAG_TRANSIENT) == 0) {
            return refused(text, "is permanent: such addresses are assigned by IANA (RFC 4291 §2.7)");
        }
        long id = lowest32(group) & 0xffff_ffffL;
        if (flags == (FLAG_PREFIX | FLAG_TRANSIENT) && group[2] == 0 && group[3] == 0) {
            if (!isZero(group, 4, 12)) {
                return refused(text, "is source-specific but not in ff3x::/96 (RFC 4607 §1)");
            }
            if (id < FIRST_DYNAMIC_ID) {
                return refused(text, "has an id below 8000:0, which hosts must not choose (RFC 4607 §1)");
            }
        }
        if (id >>> 24 == 0xff) {
            return warned(text, "has an Ethernet address of neighbour discovery, 33:33:ff:… (RFC 4291 §2.7.1)");
        }
        return id < 0x100
                ? warned(text, "has the Ethernet address of ff02::" + Long.toHexString(id) + ", which is flooded")
                : Optional.empty();
    }

    private static Optional<AddressFinding> refused(String text, String why) {
        return Optional.of(AddressFinding.refusal(text + ' ' + why));
    }

    private static Optional<AddressFinding> warned(String text, String why) {
        return Optional.of(AddressFinding.warning(text + ' ' + why));
    }

    private static boolean in(int group, String block, int prefixBits) {
        return (group ^ ipv4(block)) >>> (32 - prefixBits) == 0;
    }

    private static int ipv4(String literal) {
        return lowest32(IpLiteral.parse(literal).orElseThrow().getAddress());
    }

    private static int lowest32(byte[] address) {
        int value = 0;
        for (int i = address.length - 4; i < address.length; i++) {
            value = (value << 8) | (address[i] & 0xff);
        }
        return value;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
