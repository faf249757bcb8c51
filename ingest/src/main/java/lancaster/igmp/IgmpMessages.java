package lancaster.igmp;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** The messages of IGMP (RFC 3376 §4, RFC 2236 §2, RFC 1112 appendix I). */
final class IgmpMessages {
    private static final int QUERY = 0x11;
    private static final int V1_REPORT = 0x12;
    private static final int V2_REPORT = 0x16;
    private static final int V2_LEAVE = 0x17;
    private static final int V3_REPORT = 0x22;

    private static final int ADDRESS_BYTES = 4;
    private static final int V2_BYTES = 8;
    private static final int V3_QUERY_BYTES = 12;
    private static final int MS_PER_UNIT = 100;
    /** What hosts take where a query of version 1 doesn't tell (RFC 2236 §4). */
    private static final long V1_RESPONSE_MS = 10_000;

    private IgmpMessages() {}

    static boolean isOurs(Bytes message) {
        return !message.isEmpty()
                && switch (message.u8(0)) {
                    case QUERY, V1_REPORT, V2_REPORT, V2_LEAVE, V3_REPORT -> true;
                    default -> false;
                };
    }

    static Optional<MembershipMessage> read(Bytes message) {
        if (message.length() < V2_BYTES) {
            return Optional.empty();
        }
        return switch (message.u8(0)) {
            case QUERY -> query(message);
            case V1_REPORT -> old(1, RecordType.MODE_IS_EXCLUDE, message);
            case V2_REPORT -> old(2, RecordType.MODE_IS_EXCLUDE, message);
            case V2_LEAVE -> old(2, RecordType.CHANGE_TO_INCLUDE_MODE, message);
            default -> Records.read(GroupProtocol.IGMP, message, ADDRESS_BYTES);
        };
    }

    /** The version is in the length (RFC 3376 §7.1). */
    private static Optional<MembershipMessage> query(Bytes message) {
        int code = message.u8(1);
        if (message.length() == V2_BYTES) {
            long maxResponseMs = code == 0 ? V1_RESPONSE_MS : (long) code * MS_PER_UNIT;
            return Optional.of(new MembershipQuery(
                    GroupProtocol.IGMP,
                    code == 0 ? 1 : 2,
                    IpPacket.address(message.slice(4, ADDRESS_BYTES)),
                    maxResponseMs,
                    false,
                    0,
                    0,
                    List.of()));
        }
        if (message.length() < V3_QUERY_BYTES) {
            return Optional.empty();
        }
        return Records.addresses(message, V3_QUERY_BYTES, message.u16(10), ADDRESS_BYTES)
                .map(sources -> new MembershipQuery(
                        GroupProtocol.IGMP,
                        3,
                        IpPacket.address(message.slice(4, ADDRESS_BYTES)),
                        (long) Records.float8(code) * MS_PER_UNIT,
                        (message.u8(8) & 0x08) != 0,
                        message.u8(8) & 0x07,
                        Records.float8(message.u8(9)),
                        sources));
    }

    private static Optional<MembershipMessage> old(int version, RecordType type, Bytes message) {
        return Records.record(type, message.slice(4, ADDRESS_BYTES), List.of())
                .map(told -> new MembershipReport(GroupProtocol.IGMP, version, List.of(told)));
    }
}
