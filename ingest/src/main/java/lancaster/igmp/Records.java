package lancaster.igmp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** What IGMPv3 and MLDv2 code alike but for the size of an address: group records, sources, times. */
final class Records {
    /** Records of a report; a packet of 9000 bytes has room for this many. */
    static final int MAX_RECORDS = 1_200;
    /** Sources of a record or query; what Ethernet has room for is 366. */
    static final int MAX_SOURCES = 2_300;

    private static final int REPORT_HEADER_BYTES = 8;
    private static final int RECORD_HEADER_BYTES = 4;

    private Records() {}

    /** The newest report of a protocol (RFC 3376 §4.2, RFC 3810 §5.2). */
    static Optional<MembershipMessage> read(GroupProtocol protocol, Bytes message, int addressBytes) {
        int count = message.u16(6);
        if (count > MAX_RECORDS) {
            return Optional.empty();
        }
        List<GroupRecord> records = new ArrayList<>();
        int at = REPORT_HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int sourcesAt = at + RECORD_HEADER_BYTES + addressBytes;
            if (sourcesAt > message.length()) {
                return Optional.empty();
            }
            Optional<RecordType> type = RecordType.of(message.u8(at));
            int sourceCount = message.u16(at + 2);
            Optional<List<InetAddress>> sources = addresses(message, sourcesAt, sourceCount, addressBytes);
            if (sources.isEmpty()) {
                return Optional.empty();
            }
            // Records of unknown type are passed over (RFC 3376 §4.2.12).
            if (type.isPresent()) {
                Bytes group = message.slice(at + RECORD_HEADER_BYTES, addressBytes);
                Optional<GroupRecord> told = record(type.get(), group, sources.get());
                if (told.isEmpty()) {
                    return Optional.empty();
                }
                records.add(told.get());
            }
            at = sourcesAt + sourceCount * addressBytes + message.u8(at + 1) * 4;
        }
        return at > message.length()
                ? Optional.empty()
                : Optional.of(new MembershipReport(protocol, protocol.sourceSpecificVersion(), List.copyOf(records)));
    }

    /** Empty where {@code group} is none. */
    static Optional<GroupRecord> record(RecordType type, Bytes group, List<InetAddress> sources) {
        InetAddress address = IpPacket.address(group);
        return address.isMulticastAddress() ? Optional.of(new GroupRecord(type, address, sources)) : Optional.empty();
    }

    /** Empty where {@code message} is too short for them. */
    static Optional<List<InetAddress>> addresses(Bytes message, int from, int count, int addressBytes) {
        if (count > MAX_SOURCES || from + count * addressBytes > message.length()) {
            return Optional.empty();
        }
        List<InetAddress> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(IpPacket.address(message.slice(from + i * addressBytes, addressBytes)));
        }
        return Optional.of(List.copyOf(addresses));
    }

    /** Small numbers as they are, large ones as 4 bits of mantissa and 3 of exponent (RFC 3376 §4.1.1). */
    static int float8(int code) {
        return code < 0x80 ? code : ((code & 0x0F) | 0x10) << (((code >> 4) & 0x07) + 3);
    }

    /** Likewise with 12 bits of mantissa (RFC 3810 §5.1.3). */
    static int float16(int code) {
        return code < 0x8000 ? code : ((code & 0x0FFF) | 0x1000) << (((code >> 12) & 0x07) + 3);
    }
}
