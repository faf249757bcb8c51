package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpPacket.SourceDescription.Chunk;
import lancaster.rtp.RtcpPacket.SourceDescription.Item;
import org.junit.jupiter.api.Test;

class ViewerReportsTest {
    private static final int OURS = 0x5E55_101D;
    private static final NtpTime NOW = new NtpTime(100L << 32);

    private final ViewerReports viewers = new ViewerReports(OURS, 90_000);

    private void report(int from, int fractionLost, long jitter) {
        viewers.onPackets(
                List.of(
                        new ReceiverReport(from, List.of(new ReportBlock(OURS, fractionLost, 3, 0, jitter, 0, 0))),
                        new SourceDescription(List.of(new Chunk(from, List.of(new Item(1, "v" + from)))))),
                NOW,
                5);
    }

    @Test
    void tellsHowManyLoseHowMuch() {
        report(1, 0, 90);
        report(2, 64, 900);
        report(3, 128, 9);
        ViewerStats stats = viewers.stats();
        assertEquals(3, stats.viewers());
        assertEquals(2, stats.losing());
        assertEquals(0.25, stats.averageFractionLost());
        assertEquals(0.5, stats.worstFractionLost());
        assertEquals(10_000_000, stats.worstJitterNs());
        assertEquals(
                List.of("v3", "v2"), stats.worst().stream().map(Viewer::cname).toList());
    }

    @Test
    void theLastReportOfAViewerCounts() {
        report(2, 64, 0);
        report(2, 0, 0);
        assertEquals(1, viewers.stats().viewers());
        assertEquals(0, viewers.stats().losing());
        assertEquals(2, viewers.stats().reports());
    }

    @Test
    void reportsOfOtherSourcesDontCount() {
        viewers.onPackets(List.of(new ReceiverReport(1, List.of(new ReportBlock(7, 64, 3, 0, 0, 0, 0)))), NOW, 0);
        assertEquals(0, viewers.stats().viewers());
    }

    @Test
    void forgetsWhoLeavesAndWhoFallsSilent() {
        report(1, 1, 0);
        report(2, 1, 0);
        viewers.onPackets(List.of(new Goodbye(List.of(1), "")), NOW, 0);
        assertEquals(1, viewers.stats().viewers());
        viewers.expire(10, 15);
        assertEquals(1, viewers.stats().viewers());
        viewers.expire(10, 16);
        assertEquals(0, viewers.stats().viewers());
    }

    @Test
    void measuresTheRoundTripByOurOwnClock() {
        long sent = NOW.middle32() - 65_536 / 2;
        ReportBlock block = new ReportBlock(OURS, 1, 0, 0, 0, sent, 65_536 / 4);
        viewers.onPackets(List.of(new ReceiverReport(1, List.of(block))), NOW, 0);
        assertEquals(250_000_000, viewers.stats().worst().get(0).roundTripNs());
    }

    @Test
    void aRoundTripThatCantBeIsNotTold() {
        ReportBlock block = new ReportBlock(OURS, 1, 0, 0, 0, NOW.middle32() + 9, 0);
        viewers.onPackets(List.of(new ReceiverReport(1, List.of(block))), NOW, 0);
        assertEquals(-1, viewers.stats().worst().get(0).roundTripNs());
    }
}
