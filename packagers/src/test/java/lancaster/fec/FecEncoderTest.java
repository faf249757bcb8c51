package lancaster.fec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import lancaster.bytes.Bytes;
import lancaster.rtp.RtpFixtures;
import lancaster.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class FecEncoderTest {
    private static final FecSettings SMALL = new FecSettings(5, 4, true);

    /** M for media, R and C for parity. */
    private static String order(SentFec sent) {
        return sent.sent.stream()
                .map(one -> one.media() ? "M" : one.portOffset() == 2 ? "C" : "R")
                .collect(Collectors.joining());
    }

    private static FecHeader header(RtpPacket packet) {
        FecHeader header = FecHeader.parse(packet.payload());
        assertTrue(header != null);
        return header;
    }

    @Test
    void sendsRowsRightBehindTheRowAndColumnsOverTheNextMatrix() {
        assertEquals(
                "MMMMMR".repeat(4) + "MCMMMMRC" + "MMMMCMR" + "MMMCMMR" + "MMCMMMR", order(SentFec.of(SMALL, 0, 40)));
    }

    @Test
    void describesRowsAndColumns() {
        SentFec sent = SentFec.of(SMALL, 65_530, 40);
        List<RtpPacket> columns = sent.on(FecSettings.COLUMN_PORT_OFFSET);
        List<RtpPacket> rows = sent.on(FecSettings.ROW_PORT_OFFSET);
        assertEquals(5, columns.size());
        assertEquals(8, rows.size());
        assertEquals(65_530, header(columns.get(0)).sequenceBase());
        assertEquals(65_534, header(columns.get(4)).sequenceBase());
        assertEquals(5, header(columns.get(0)).offset());
        assertEquals(4, header(columns.get(0)).count());
        assertEquals((65_530 + 10) & 0xFFFF, header(rows.get(2)).sequenceBase());
        assertEquals(1, header(rows.get(2)).offset());
        assertEquals(5, header(rows.get(2)).count());
        assertTrue(header(rows.get(0)).row() && !header(columns.get(0)).row());
    }

    @Test
    void numbersItsStreamsOnTheirOwn() {
        SentFec sent = SentFec.of(SMALL, 100, 200);
        assertEquals(7, sent.on(4).get(0).sequence());
        assertEquals(8, sent.on(4).get(1).sequence());
        List<RtpPacket> columns = sent.on(2);
        assertEquals(0xFFF0, columns.get(0).sequence());
        assertEquals(0, columns.get(16).sequence(), "wraps");
    }

    @Test
    void theParityIsTheXorOfThePackets() {
        SentFec sent = SentFec.of(new FecSettings(1, 4, false), 0, 5);
        assertEquals(List.of(), sent.on(4), "no rows");
        Bytes parity = sent.on(2).get(0).payload();
        byte[] expected = new byte[1316];
        for (int i = 0; i < 4; i++) {
            Bytes payload = RtpFixtures.packet(i).payload();
            for (int at = 0; at < expected.length; at++) {
                expected[at] ^= payload.get(at);
            }
        }
        assertEquals(Bytes.wrap(expected), parity.slice(FecHeader.SIZE));
    }

    @Test
    void protectsPacketsOfDifferentLengths() {
        SentFec sent = new SentFec(new FecSettings(1, 4, false));
        for (int i = 0; i < 5; i++) {
            sent.media(RtpFixtures.packet(i, 1 + i));
        }
        RtpPacket parity = sent.on(2).get(0);
        assertEquals(4 * 188, parity.payload().length() - FecHeader.SIZE, "as long as the longest");
        assertEquals(188 ^ 2 * 188 ^ 3 * 188 ^ 4 * 188, header(parity).lengthRecovery());
    }

    @Test
    void aMatrixHoldsConsecutivePackets() {
        SentFec sent = SentFec.of(SMALL, 0, 19);
        sent.media(RtpFixtures.packet(1_000));
        for (int i = 1; i < 25; i++) {
            sent.media(RtpFixtures.packet(1_000 + i));
        }
        assertEquals(1_000, header(sent.on(2).get(0)).sequenceBase());
    }

    @Test
    void sendsWhatIsDueWhenNothingMoreComes() {
        SentFec sent = SentFec.of(SMALL, 0, 21);
        assertEquals(1, sent.on(2).size());
        sent.encoder.flush();
        assertEquals(5, sent.on(2).size());
        sent.encoder.flush();
        assertEquals(5, sent.on(2).size());
    }

    @Test
    void refusesMatricesThatTheStandardForbids() {
        assertEquals("", FecSettings.error(10, 10, true));
        assertEquals("", FecSettings.error(1, 4, false));
        assertEquals("columns must be 4 to 20, not 3", FecSettings.error(3, 5, true));
        assertEquals("rows must be 4 to 20, not 21", FecSettings.error(4, 21, true));
        assertEquals("columns × rows must be at most 100, not 120", FecSettings.error(20, 6, true));
        assertThrows(IllegalArgumentException.class, () -> new FecSettings(0, 4, false));
    }
}
