package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private static final ReportBlock BLOCK = new ReportBlock(0x01020304, 25, -2, 0x0001_FFFEL, 7, 0x1122_3344L, 65_536);
    private static final SenderReport SENDER = new SenderReport(
            0x5E55_101D, new NtpTime(0x1122_3344_5566_7788L), 0x89AB_CDEFL, 1_000, 1_316_000, List.of(BLOCK));
    private static final SourceDescription NAMES = new SourceDescription(List.of(
            new Chunk(0x5E55_101D, List.of(new Item(1, "box@10.0.0.5"), new Item(6, "Lancaster"))),
            new Chunk(2, List.of())));
    private static final Goodbye GOODBYE = new Goodbye(List.of(0x5E55_101D, -1), "the end");

    @Test
    void writesASenderReportByTheLetter() {
        assertEquals(
                Hex.bytes("81C8000C 5E55101D 11223344 55667788 89ABCDEF 000003E8 001414A0"
                        + "01020304 19FFFFFE 0001FFFE 00000007 11223344 00010000"),
                RtcpWriter.bytes(List.of(SENDER)));
    }

    @Test
    void writesDescriptionsPaddedToWords() {
        assertEquals(
                Hex.bytes("81CA0002 00000002 01 01 41 00"),
                RtcpWriter.bytes(List.of(new SourceDescription(List.of(new Chunk(2, List.of(new Item(1, "A"))))))));
        assertEquals(
                Hex.bytes("81CA0003 00000002 01 02 4142 00000000"),
                RtcpWriter.bytes(List.of(new SourceDescription(List.of(new Chunk(2, List.of(new Item(1, "AB"))))))),
                "a whole word of zeros where the items end on a word");
    }

    @Test
    void writesAGoodbyeWithAReasonAndWithout() {
        assertEquals(
                Hex.bytes("81CB0002 00000002 03 627965"), RtcpWriter.bytes(List.of(new Goodbye(List.of(2), "bye"))));
        assertEquals(
                Hex.bytes("81CB0003 00000002 04 6279652E 000000"),
                RtcpWriter.bytes(List.of(new Goodbye(List.of(2), "bye."))));
        assertEquals(Hex.bytes("81CB0001 00000002"), RtcpWriter.bytes(List.of(new Goodbye(List.of(2), ""))));
    }

    @Test
    void readsWhatItWrites() {
        List<RtcpPacket> packets = List.of(SENDER, new ReceiverReport(9, List.of(BLOCK, BLOCK)), NAMES, GOODBYE);
        assertEquals(Optional.of(packets), RtcpReader.parse(RtcpWriter.bytes(packets)));
    }

    @Test
    void skipsTypesThatAreNotKnown() {
        Bytes application = Hex.bytes("80CC0002 00000001 41424344");
        Bytes compound =
                Bytes.concat(RtcpWriter.bytes(List.of(SENDER)), application, RtcpWriter.bytes(List.of(GOODBYE)));
        assertEquals(Optional.of(List.of(SENDER, GOODBYE)), RtcpReader.parse(compound));
    }

    @Test
    void takesPaddingInTheLastPacketAlone() {
        Bytes padded = Hex.bytes("A0C90002 00000009 00000004");
        assertEquals(Optional.of(List.of(new ReceiverReport(9, List.of()))), RtcpReader.parse(padded));
        assertEquals(Optional.empty(), RtcpReader.parse(Bytes.concat(padded, padded)));
        assertEquals(Optional.empty(), RtcpReader.parse(Hex.bytes("A0C90002 00000009 00000000")));
        assertEquals(Optional.empty(), RtcpReader.parse(Hex.bytes("A0C90001 00000009")), "9 of 4 bytes");
    }

    @Test
    void refusesWhatDoesNotBeginWithAReport() {
        assertEquals(Optional.empty(), RtcpReader.parse(RtcpWriter.bytes(List.of(NAMES, SENDER))));
        assertEquals(Optional.empty(), RtcpReader.parse(RtpFixtures.packet(1).bytes()));
    }

    @Test
    void refusesOtherVersions() {
        assertEquals(Optional.empty(), RtcpReader.parse(Hex.bytes("40C90001 00000009")));
    }

    @Test
    void refusesEveryTruncation() {
        Bytes whole = RtcpWriter.bytes(List.of(SENDER, NAMES, GOODBYE));
        int sender = RtcpWriter.bytes(List.of(SENDER)).length();
        int names = RtcpWriter.bytes(List.of(SENDER, NAMES)).length();
        for (int length = 0; length < whole.length(); length++) {
            boolean complete = length == sender || length == names;
            assertEquals(complete, RtcpReader.parse(whole.slice(0, length)).isPresent(), "length " + length);
        }
    }

    @Test
    void refusesCountsBeyondThePacket() {
        assertEquals(Optional.empty(), RtcpReader.parse(Hex.bytes("81C90001 00000009")), "a report block");
        assertEquals(Optional.empty(), RtcpReader.parse(Hex.bytes("80C90001 00000009 82CB0001 00000009")));
        assertEquals(Optional.empty(), RtcpReader.parse(Hex.bytes("80C90001 00000009 81CA0002 00000009 01FF4141")));
    }

    @Test
    void refusesToWriteMoreReportsThanAPacketHolds() {
        List<ReportBlock> blocks = Collections.nCopies(32, BLOCK);
        assertThrows(IllegalArgumentException.class, () -> RtcpWriter.bytes(List.of(new ReceiverReport(1, blocks))));
    }

    @Test
    void cutsLongTextBetweenCharacters() {
        Bytes written = RtcpWriter.bytes(List.of(
                new ReceiverReport(1, List.of()),
                new SourceDescription(List.of(new Chunk(1, List.of(new Item(1, "ä".repeat(200))))))));
        SourceDescription read =
                (SourceDescription) RtcpReader.parse(written).orElseThrow().get(1);
        assertEquals("ä".repeat(127), read.chunks().get(0).items().get(0).text());
    }

    @Test
    void countsTimeFrom1900() {
        NtpTime time = NtpTime.of(Instant.parse("1970-01-01T00:00:00.500Z"));
        assertEquals(2_208_988_800L << 32 | 0x8000_0000L, time.bits());
        assertEquals((2_208_988_800L & 0xFFFF) << 16 | 0x8000, time.middle32());
        assertTrue(NtpTime.of(Instant.parse("2036-02-07T06:28:16Z")).bits() == 0, "and begins anew");
    }
}
