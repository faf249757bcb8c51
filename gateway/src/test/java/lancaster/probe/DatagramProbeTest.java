package lancaster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.fec.FecEncoder;
import lancaster.fec.FecSettings;
import lancaster.fec.FecSink;
import lancaster.rtp.RtpHeader;
import org.junit.jupiter.api.Test;

/** Sessions of null packets in RTP, of which a known part doesn't arrive. */
class DatagramProbeTest {
    private static final int TS_BYTES = 7 * 188;
    private static final long PERIOD_NS = 2_000_000;
    private static final String FROM = "10.0.0.5:40000";

    private final DatagramProbe probe = new DatagramProbe("rtp://239.1.1.1:5004", 0);

    private static byte[] packet(int sequence) {
        byte[] packet = new byte[RtpHeader.SIZE + TS_BYTES];
        RtpHeader.write(packet, 0, false, 33, sequence, sequence * 180L, 0x1234ABCD);
        for (int at = RtpHeader.SIZE; at < packet.length; at += 188) {
            packet[at] = 0x47;
            packet[at + 1] = 0x1F;
            packet[at + 2] = (byte) 0xFF;
            packet[at + 3] = 0x10;
        }
        return packet;
    }

    private void send(int count, Set<Integer> lost) {
        for (int i = 0; i < count; i++) {
            if (!lost.contains(i)) {
                probe.media(Bytes.wrap(packet(65_000 + i)), FROM, i * PERIOD_NS);
            }
            probe.onTime(i * PERIOD_NS);
        }
    }

    @Test
    void countsWhatIsLostAndInHowManyBursts() {
        send(2_000, Set.of(100, 500, 501, 502, 503, 504, 900));
        ProbeReport report = probe.report(2_000 * PERIOD_NS);
        RtpReport rtp = report.rtp().orElseThrow();
        assertEquals(1_993, rtp.received());
        assertEquals(7, rtp.lost());
        assertEquals(3, rtp.lossBursts());
        assertEquals(5, rtp.longestLossBurst());
        assertEquals(0, rtp.duplicates());
        assertEquals(List.of(new RtpReport.Sender(FROM, 0x1234ABCD, 33, 1_993)), rtp.senders());
        assertEquals("MPEG-TS over RTP", report.kind());
        assertTrue(
                report.faults().stream()
                        .anyMatch(fault ->
                                fault.startsWith("7 of 2000 RTP packets lost (0.350 %), in 3 bursts of up to 5")),
                report.faults()::toString);
        DatagramReport datagrams = report.datagrams().orElseThrow();
        assertEquals(1_328, datagrams.smallestBytes());
        assertEquals(12, datagrams.longestGapMs(), 0.001);
        assertEquals(1, datagrams.largestBurst());
        assertEquals(1_993.0 * 1_328 * 8 * 1_000 / (1_999 * 2), (double) datagrams.bitsPerSecond(), 1_000.0);
    }

    @Test
    void tellsWhatErrorCorrectionWouldRepair() {
        List<Bytes> columns = new ArrayList<>();
        List<Bytes> rows = new ArrayList<>();
        FecEncoder encoder = new FecEncoder(new FecSettings(5, 5, true), 1, 1, new FecSink() {
            @Override
            public void onColumn(byte[] array, int offset, int length) {
                columns.add(Bytes.wrap(Arrays.copyOfRange(array, offset, offset + length)));
            }

            @Override
            public void onRow(byte[] array, int offset, int length) {
                rows.add(Bytes.wrap(Arrays.copyOfRange(array, offset, offset + length)));
            }
        });
        Set<Integer> lost = Set.of(30, 31, 60);
        for (int i = 0; i < 500; i++) {
            byte[] packet = packet(65_000 + i);
            encoder.onMedia(packet, 0, packet.length);
            if (!lost.contains(i)) {
                probe.media(Bytes.wrap(packet), FROM, i * PERIOD_NS);
            }
            for (List<Bytes> made : List.of(columns, rows)) {
                for (Bytes parity : made) {
                    probe.parity(parity, i * PERIOD_NS);
                }
                made.clear();
            }
            probe.onTime(i * PERIOD_NS);
        }
        RtpReport rtp = probe.report(500 * PERIOD_NS).rtp().orElseThrow();
        assertEquals(3, rtp.lost());
        RtpReport.Parity parity = rtp.parity().orElseThrow();
        assertEquals(3, parity.recovered());
        assertEquals(0, parity.lostAfter());
        assertTrue(parity.columns() > 80 && parity.rows() > 80, parity::toString);
    }

    @Test
    void countsWhatComesTwiceOrOutOfOrder() {
        for (int i : new int[] {0, 1, 2, 4, 3, 5, 5, 6, 7}) {
            probe.media(Bytes.wrap(packet(100 + i)), FROM, i * PERIOD_NS);
        }
        RtpReport rtp = probe.report(PERIOD_NS * 10).rtp().orElseThrow();
        assertEquals(0, rtp.lost());
        assertEquals(1, rtp.duplicates());
        assertEquals(1, rtp.reordered());
    }

    @Test
    void tellsWhenSeveralSend() {
        for (int i = 0; i < 20; i++) {
            probe.media(Bytes.wrap(packet(100 + i)), FROM, i * PERIOD_NS);
            byte[] other = packet(7_000 + i);
            other[11] = 1;
            probe.media(Bytes.wrap(other), "10.0.0.6:40000", i * PERIOD_NS);
        }
        ProbeReport report = probe.report(PERIOD_NS * 20);
        assertEquals(2, report.rtp().orElseThrow().senders().size());
        assertTrue(
                report.faults().contains("2 RTP sources send to the same group and port"), report.faults()::toString);
    }

    @Test
    void takesBareTransportStreamForWhatItIs() {
        for (int i = 0; i < 20; i++) {
            byte[] packet = packet(i);
            probe.media(Bytes.wrap(packet, RtpHeader.SIZE, TS_BYTES), FROM, i * PERIOD_NS);
        }
        probe.media(Bytes.of(1, 2, 3), FROM, 20 * PERIOD_NS);
        ProbeReport report = probe.report(PERIOD_NS * 20);
        assertEquals("MPEG-TS over UDP", report.kind());
        assertEquals(140, report.transport().orElseThrow().stream().framing().packets());
        assertTrue(report.notes().contains("from " + FROM));
        assertTrue(report.faults().contains("1 datagrams are neither RTP nor a transport stream"));
    }

    @Test
    void countsTheDatagramsOfABurst() {
        DatagramMeter meter = new DatagramMeter();
        for (int i = 0; i < 100; i++) {
            for (int k = 0; k < 7; k++) {
                meter.datagram(1_316, i * 20_000_000L + k * 1_000L);
            }
        }
        DatagramReport report = meter.report();
        assertEquals(7, report.largestBurst());
        assertEquals(19.994, report.longestGapMs(), 1e-9);
        assertEquals(700, report.datagrams());
    }
}
