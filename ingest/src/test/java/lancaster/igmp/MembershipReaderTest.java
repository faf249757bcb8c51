package lancaster.igmp;

import static lancaster.igmp.MembershipPackets.ip;
import static lancaster.igmp.MembershipPackets.record;
import static lancaster.igmp.MembershipPackets.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

/** The packets in hexadecimal are those of a Linux host and a Linux bridge that is its querier. */
class MembershipReaderTest {
    private static final String V3_REPORT = "46c00034000040000102f9e50a070001e000001694040000" + "2200e9e300000002"
            + "05000001e80102030a0700fe" + "04000000ef070707";
    private static final String V3_QUERY_OF_SOURCES =
            "46c00028000040000102fa0b00000000e801020394040000" + "1102f775e8010203027d00010a0700fe";
    private static final String MLD2_REPORT = "6000000000240001fe80000000000000f0a923fffe0f78f4"
            + "ff020000000000000000000000000016" + "3a00050200000100" + "8f00e3d300000001"
            + "04000000ff150000000000000000000000000077";

    private final MembershipReader reader = new MembershipReader();

    private HeardMessage read(String hex) {
        return reader.read(Hex.bytes(hex)).orElseThrow();
    }

    @Test
    void readsWhatAHostOfIgmp3Reports() {
        assertEquals(
                report(
                        "10.7.0.1",
                        record(RecordType.ALLOW_NEW_SOURCES, "232.1.2.3", "10.7.0.254"),
                        record(RecordType.CHANGE_TO_EXCLUDE_MODE, "239.7.7.7")),
                read(V3_REPORT));
    }

    @Test
    void readsTheReportAndTheLeaveOfIgmp2() {
        assertEquals(
                report("10.7.0.1", 2, record(RecordType.MODE_IS_EXCLUDE, "239.7.7.7")),
                read("46c00020000040000102e4010a070001ef070707940400001600f3f0ef070707"));
        HeardMessage leave = read("46c00020000040000102fa0d0a070001e0000002940400001700f2f0ef070707");
        assertEquals(ip("224.0.0.2"), leave.to());
        assertEquals(
                new MembershipReport(
                        GroupProtocol.IGMP, 2, List.of(record(RecordType.CHANGE_TO_INCLUDE_MODE, "239.7.7.7"))),
                leave.message());
    }

    @Test
    void readsWhatAHostOfMld2Reports() {
        assertEquals(
                report("fe80::f0a9:23ff:fe0f:78f4", record(RecordType.CHANGE_TO_EXCLUDE_MODE, "ff15::77")),
                read(MLD2_REPORT));
    }

    @Test
    void readsTheReportOfMld1() {
        HeardMessage heard = read("6000000000200001fe80000000000000ecbe8efffe2c5602ff0200000000000000000001ff2c5602"
                + "3a00050200000100830005d800000000ff0200000000000000000001ff2c5602");
        assertEquals(
                new MembershipReport(
                        GroupProtocol.MLD, 1, List.of(record(RecordType.MODE_IS_EXCLUDE, "ff02::1:ff2c:5602"))),
                heard.message());
    }

    @Test
    void readsTheGeneralQueriesOfEachVersion() {
        assertEquals(
                new MembershipQuery(GroupProtocol.IGMP, 3, ip("0.0.0.0"), 10_000, false, 2, 125, List.of()),
                read("46c00024000040000102041300000000e0000001940400001164ec1e00000000027d0000")
                        .message());
        assertEquals(
                new MembershipQuery(GroupProtocol.IGMP, 2, ip("0.0.0.0"), 10_000, false, 0, 0, List.of()),
                read("46c00020000040000102041700000000e0000001940400001164ee9b00000000")
                        .message());
        assertEquals(
                new MembershipQuery(GroupProtocol.MLD, 1, ip("::"), 10_000, false, 0, 0, List.of()),
                read("6000000000200001fe800000000000006c413dfffeb97bb0ff020000000000000000000000000001"
                                + "3a0005020000000082005b2800c80000ff150000000000000000000000000077"
                                        .replace(
                                                "82005b2800c80000ff150000000000000000000000000077",
                                                "8200346d2710000000000000000000000000000000000000"))
                        .message());
    }

    @Test
    void aQueryOfVersion1GivesTenSeconds() {
        MembershipQuery query =
                new MembershipQuery(GroupProtocol.IGMP, 1, ip("0.0.0.0"), 10_000, false, 0, 0, List.of());
        HeardMessage heard = new HeardMessage(ip("10.0.0.1"), ip("224.0.0.1"), 1, query);
        assertEquals(Optional.of(heard), reader.read(MembershipPackets.packet(heard)));
    }

    @Test
    void readsAQueryOfASource() {
        HeardMessage heard = read(V3_QUERY_OF_SOURCES);
        MembershipQuery query = (MembershipQuery) heard.message();
        assertEquals(ip("232.1.2.3"), query.group());
        assertEquals(List.of(ip("10.7.0.254")), query.sources());
        assertEquals(200, query.maxResponseMs());
        assertEquals(ip("0.0.0.0"), heard.from());
    }

    @Test
    void readsAnMld2QueryThatSuppresses() {
        MembershipQuery query = (MembershipQuery) read("6000000000240001fe800000000000003cf4f9fffe8c4fee"
                        + "ff1500000000000000000000000000773a00050200000000"
                        + "8200ef5900c80000ff1500000000000000000000000000770a7d0000")
                .message();
        assertTrue(query.suppress());
        assertEquals(2, query.robustness());
        assertEquals(125, query.queryIntervalS());
    }

    @Test
    void readsLargeTimesAsFloats() {
        assertEquals(0x7F, Records.float8(0x7F));
        assertEquals(128, Records.float8(0x80));
        assertEquals(31_744, Records.float8(0xFF));
        assertEquals(32_767, Records.float16(0x7FFF));
        assertEquals(32_768, Records.float16(0x8000));
        assertEquals(8_387_584, Records.float16(0xFFFF));
    }

    @Test
    void countsWhatIsCutShort() {
        for (String hex : List.of(V3_REPORT, V3_QUERY_OF_SOURCES, MLD2_REPORT)) {
            Bytes whole = Hex.bytes(hex);
            for (int length = 0; length < whole.length(); length++) {
                assertEquals(Optional.empty(), reader.read(whole.slice(0, length)), "of " + length + " bytes");
            }
        }
        assertTrue(reader.stats().malformed() > 0);
        assertEquals(0, reader.stats().messages());
    }

    @Test
    void countsWhatClaimsMoreThanItHas() {
        byte[] records = Hex.bytes(V3_REPORT).toArray();
        records[24 + 7] = 3;
        byte[] sources = Hex.bytes(V3_REPORT).toArray();
        sources[24 + 8 + 3] = 9;
        assertEquals(Optional.empty(), reader.read(MembershipPackets.withChecksum(Bytes.wrap(records))));
        assertEquals(Optional.empty(), reader.read(MembershipPackets.withChecksum(Bytes.wrap(sources))));
        assertEquals(2, reader.stats().malformed());
    }

    @Test
    void countsAWrongChecksum() {
        byte[] changed = Hex.bytes(V3_REPORT).toArray();
        changed[changed.length - 1] ^= 1;
        assertEquals(Optional.empty(), reader.read(Bytes.wrap(changed)));
        assertEquals(1, reader.stats().malformed());
    }

    @Test
    void refusesMldThatCameOverARouter() {
        HeardMessage report = report("fe80::1", record(RecordType.MODE_IS_EXCLUDE, "ff15::77"));
        HeardMessage routed = new HeardMessage(report.from(), report.to(), 63, report.message());
        HeardMessage foreign = report("2001:db8::1", record(RecordType.MODE_IS_EXCLUDE, "ff15::77"));
        assertEquals(Optional.empty(), reader.read(MembershipPackets.packet(routed)));
        assertEquals(Optional.empty(), reader.read(MembershipPackets.packet(foreign)));
        assertEquals(Optional.of(report), reader.read(MembershipPackets.packet(report)));
    }

    @Test
    void passesOverRecordsOfUnknownType() {
        byte[] changed = Hex.bytes(V3_REPORT).toArray();
        changed[24 + 8] = 9;
        HeardMessage heard =
                reader.read(MembershipPackets.withChecksum(Bytes.wrap(changed))).orElseThrow();
        assertEquals(
                List.of(record(RecordType.CHANGE_TO_EXCLUDE_MODE, "239.7.7.7")),
                ((MembershipReport) heard.message()).records());
    }

    @Test
    void otherPacketsAreNoneOfItsBusiness() {
        assertEquals(Optional.empty(), reader.read(Bytes.EMPTY));
        assertEquals(Optional.empty(), reader.read(Bytes.of(0x45, 0, 0)));
        // An echo request of ICMPv6, a PIM hello of IGMP's number.
        assertEquals(
                Optional.empty(),
                reader.read(Hex.bytes("6000000000083a40fe800000000000000000000000000001"
                        + "ff020000000000000000000000000001" + "8000000000010001")));
        assertEquals(
                Optional.empty(),
                reader.read(Hex.bytes("4500001c00000000010200000a000001e000000d" + "1400ebff00000000")));
        assertEquals(new MembershipReader.Stats(0, 0), reader.stats());
    }

    @Test
    void readsAgainWhatWasWritten() {
        List<HeardMessage> all = List.of(
                report("10.0.0.9", 1, record(RecordType.MODE_IS_EXCLUDE, "239.1.2.3")),
                report("10.0.0.9", record(RecordType.BLOCK_OLD_SOURCES, "232.1.2.3", "10.0.0.5", "10.0.0.6")),
                report("fe80::9", record(RecordType.ALLOW_NEW_SOURCES, "ff3e::8000:1", "fd00::5")),
                report("fe80::9", 1, record(RecordType.MODE_IS_EXCLUDE, "ff15::1")),
                MembershipPackets.generalQuery("10.0.0.1", 3, 3, 31_744),
                MembershipPackets.generalQuery("fe80::1", 2, 7, 20));
        for (HeardMessage heard : all) {
            assertEquals(Optional.of(heard), reader.read(MembershipPackets.packet(heard)));
        }
    }
}
