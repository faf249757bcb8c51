package lancaster.igmp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Makes the packets of messages, as hosts and queriers do. */
public final class MembershipPackets {
    private MembershipPackets() {}

    public static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    public static GroupRecord record(RecordType type, String group, String... sources) {
        return new GroupRecord(
                type,
                ip(group),
                Arrays.stream(sources).map(MembershipPackets::ip).toList());
    }

    /** A report of IGMPv3 or MLDv2. */
    public static HeardMessage report(String host, GroupRecord... records) {
        return report(host, GroupProtocol.of(records[0].group()).sourceSpecificVersion(), records);
    }

    public static HeardMessage report(String host, int version, GroupRecord... records) {
        GroupProtocol protocol = GroupProtocol.of(records[0].group());
        InetAddress to = version == protocol.sourceSpecificVersion()
                ? ip(protocol == GroupProtocol.IGMP ? "224.0.0.22" : "ff02::16")
                : records[0].group();
        return new HeardMessage(ip(host), to, 1, new MembershipReport(protocol, version, List.of(records)));
    }

    public static HeardMessage generalQuery(String querier, int version, int robustness, int intervalS) {
        GroupProtocol protocol = GroupProtocol.of(ip(querier));
        boolean igmp = protocol == GroupProtocol.IGMP;
        return new HeardMessage(
                ip(querier),
                ip(igmp ? "224.0.0.1" : "ff02::1"),
                1,
                new MembershipQuery(
                        protocol,
                        version,
                        ip(igmp ? "0.0.0.0" : "::"),
                        10_000,
                        false,
                        robustness,
                        intervalS,
                        List.of()));
    }

    /** The packet, its IP header first, with router alert and checksums. */
    public static Bytes packet(HeardMessage heard) {
        boolean igmp = heard.message().protocol() == GroupProtocol.IGMP;
        Bytes message = heard.message() instanceof MembershipQuery query
                ? query(query)
                : report((MembershipReport) heard.message());
        return igmp ? v4(heard, message) : v6(heard, message);
    }

    private static Bytes query(MembershipQuery query) {
        boolean igmp = query.protocol() == GroupProtocol.IGMP;
        ByteWriter out = new ByteWriter();
        long units = igmp ? query.maxResponseMs() / 100 : query.maxResponseMs();
        if (igmp) {
            int code = query.version() == 1 ? 0 : query.version() == 2 ? (int) units : float8(units);
            out.u8(0x11).u8(code).u16(0);
        } else {
            out.u8(130)
                    .u8(0)
                    .u16(0)
                    .u16(query.version() == 1 ? (int) units : float16(units))
                    .u16(0);
        }
        out.bytes(Bytes.wrap(query.group().getAddress()));
        if (query.version() == query.protocol().sourceSpecificVersion()) {
            out.u8((query.suppress() ? 8 : 0) | query.robustness()).u8(float8(query.queryIntervalS()));
            addresses(out.u16(query.sources().size()), query.sources());
        }
        return out.bytes();
    }

    private static Bytes report(MembershipReport report) {
        boolean igmp = report.protocol() == GroupProtocol.IGMP;
        ByteWriter out = new ByteWriter();
        if (report.version() < report.protocol().sourceSpecificVersion()) {
            GroupRecord only = report.records().get(0);
            boolean leaves = only.type() == RecordType.CHANGE_TO_INCLUDE_MODE;
            if (igmp) {
                out.u8(report.version() == 1 ? 0x12 : leaves ? 0x17 : 0x16)
                        .u8(0)
                        .u16(0);
            } else {
                out.u8(leaves ? 132 : 131).u8(0).u16(0).u16(0).u16(0);
            }
            return out.bytes(Bytes.wrap(only.group().getAddress())).bytes();
        }
        out.u8(igmp ? 0x22 : 143).u8(0).u16(0).u16(0).u16(report.records().size());
        for (GroupRecord told : report.records()) {
            out.u8(told.type().code()).u8(0).u16(told.sources().size());
            addresses(out.bytes(Bytes.wrap(told.group().getAddress())), told.sources());
        }
        return out.bytes();
    }

    private static void addresses(ByteWriter out, List<InetAddress> addresses) {
        addresses.forEach(address -> out.bytes(Bytes.wrap(address.getAddress())));
    }

    private static Bytes v4(HeardMessage heard, Bytes message) {
        ByteWriter out = new ByteWriter();
        out.u8(0x46).u8(0xC0).u16(24 + message.length()).u16(0).u16(0x4000);
        out.u8(heard.ttl()).u8(2).u16(0);
        out.bytes(Bytes.wrap(heard.from().getAddress()))
                .bytes(Bytes.wrap(heard.to().getAddress()));
        out.u8(0x94).u8(4).u16(0).bytes(message);
        return withChecksum(out.bytes());
    }

    private static Bytes v6(HeardMessage heard, Bytes message) {
        ByteWriter out = new ByteWriter();
        out.u8(0x60).u8(0).u16(0).u16(8 + message.length()).u8(0).u8(heard.ttl());
        out.bytes(Bytes.wrap(heard.from().getAddress()))
                .bytes(Bytes.wrap(heard.to().getAddress()));
        out.u8(58).u8(0).u8(5).u8(2).u16(0).u8(1).u8(0).bytes(message);
        return withChecksum(out.bytes());
    }

    /** The same packet with the right checksum of its message, wherever there is room for one. */
    static Bytes withChecksum(Bytes packet) {
        IpPacket ip = IpPacket.parse(packet).orElse(null);
        if (ip == null || ip.payload().length() < 4) {
            return packet;
        }
        byte[] fixed = packet.toArray();
        int at = packet.length() - ip.payload().length();
        // Only where the payload ends with the packet; else this isn't where it begins, and the packet stays as it is.
        if (!packet.slice(at).equals(ip.payload())) {
            return packet;
        }
        fixed[at + 2] = 0;
        fixed[at + 3] = 0;
        long sum = 0;
        for (int i = at; i < fixed.length; i++) {
            sum += (long) (fixed[i] & 0xFF) << (((i - at) & 1) == 0 ? 8 : 0);
        }
        if (ip.protocol() == IpPacket.ICMPV6) {
            for (byte[] address : List.of(ip.from().getAddress(), ip.to().getAddress())) {
                for (int i = 0; i < address.length; i++) {
                    sum += (long) (address[i] & 0xFF) << ((i & 1) == 0 ? 8 : 0);
                }
            }
            sum += ip.payload().length() + IpPacket.ICMPV6;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        fixed[at + 2] = (byte) (~sum >> 8);
        fixed[at + 3] = (byte) ~sum;
        return Bytes.wrap(fixed);
    }

    private static int float8(long value) {
        int exponent = 0;
        if (value < 0x80) {
            return (int) value;
        }
        while (value >> (exponent + 3) > 0x1F) {
            exponent++;
        }
        return 0x80 | (exponent << 4) | ((int) (value >> (exponent + 3)) & 0x0F);
    }

    private static int float16(long value) {
        int exponent = 0;
        if (value < 0x8000) {
            return (int) value;
        }
        while (value >> (exponent + 3) > 0x1FFF) {
            exponent++;
        }
        return 0x8000 | (exponent << 12) | ((int) (value >> (exponent + 3)) & 0x0FFF);
    }
}
