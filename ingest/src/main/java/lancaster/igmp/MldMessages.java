package lancaster.igmp;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** The messages of MLD (RFC 3810 §5, RFC 2710 §3): ICMPv6 with an IPv6 group. */
final class MldMessages {
    private static final int QUERY = 130;
    private static final int V1_REPORT = 131;
    private static final int V1_DONE = 132;
    private static final int V2_REPORT = 143;

    private static final int ADDRESS_BYTES = 16;
    private static final int GROUP_AT = 8;
    private static final int V1_BYTES = 24;
    private static final int V2_QUERY_BYTES = 28;
    private static final int V2_REPORT_BYTES = 8;

    private MldMessages() {}

    static boolean isOurs(Bytes message) {
        return !message.isEmpty()
                && switch (message.u8(0)) {
                    case QUERY, V1_REPORT, V1_DONE, V2_REPORT -> true;
                    default -> false;
                };
    }

    static Optional<MembershipMessage> read(Bytes message) {
        int type = message.u8(0);
        if (message.length() < (type == V2_REPORT ? V2_REPORT_BYTES : V1_BYTES)) {
            return Optional.empty();
        }
        return switch (type) {
            case QUERY -> query(message);
            case V1_REPORT -> old(RecordType.MODE_IS_EXCLUDE, message);
            case V1_DONE -> old(RecordType.CHANGE_TO_INCLUDE_MODE, message);
            default -> Records.read(GroupProtocol.MLD, message, ADDRESS_BYTES);
        };
    }

    /** The version is in the length (RFC 3810 §8.1). */
    private static Optional<MembershipMessage> query(Bytes message) {
        int code = message.u16(4);
        Bytes group = message.slice(GROUP_AT, ADDRESS_BYTES);
        if (message.length() == V1_BYTES) {
            return Optional.of(
                    new MembershipQuery(GroupProtocol.MLD, 1, IpPacket.address(group), code, false, 0, 0, List.of()));
        }
        if (message.length() < V2_QUERY_BYTES) {
            return Optional.empty();
        }
        return Records.addresses(message, V2_QUERY_BYTES, message.u16(26), ADDRESS_BYTES)
                .map(sources -> new MembershipQuery(
                        GroupProtocol.MLD,
                        2,
                        IpPacket.address(group),
                        Records.float16(code),
                        (message.u8(24) & 0x08) != 0,
                        message.u8(24) & 0x07,
                        Records.float8(message.u8(25)),
                        sources));
    }

    private static Optional<MembershipMessage> old(RecordType type, Bytes message) {
        return Records.record(type, message.slice(GROUP_AT, ADDRESS_BYTES), List.of())
                .map(told -> new MembershipReport(GroupProtocol.MLD, 1, List.of(told)));
    }
}
