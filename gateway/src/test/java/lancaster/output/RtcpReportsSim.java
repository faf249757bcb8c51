package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.output.MulticastOutputSettings.Payload;
import lancaster.rtp.NtpTime;
import lancaster.rtp.ReportBlock;
import lancaster.rtp.RtcpPacket;
import lancaster.rtp.RtcpPacket.Goodbye;
import lancaster.rtp.RtcpPacket.ReceiverReport;
import lancaster.rtp.RtcpPacket.SenderReport;
import lancaster.rtp.RtcpPacket.SourceDescription;
import lancaster.rtp.RtcpReader;
import lancaster.rtp.RtcpWriter;
import lancaster.rtp.RtpPacket;
import lancaster.rtp.ViewerStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent and heard beside the media of a stream, in virtual time. */
@Tag("sim")
class RtcpReportsSim {
    private static final String STREAM = "live/townhall";
    private static final int RTCP_PORT = 5005;
    private static final InetSocketAddress VIEWER = new InetSocketAddress("192.0.2.9", RTCP_PORT);

    @TempDir
    Path folder;

    private SentStreams box;

    @BeforeEach
    void start() throws IOException {
        box = new SentStreams(folder);
    }

    @AfterEach
    void close() throws IOException {
        box.close();
    }

    private static MulticastOutputSettings to(String group) {
        return MulticastOutputSettings.DEFAULTS.withLegs(
                Leg.DEFAULTS.withInterface("lo").withGroup(MulticastGroup.parse(group)), Optional.empty());
    }

    private SentStreams.Encoder publish(MulticastOutputSettings settings) throws IOException {
        box.configured.put(STREAM, settings);
        return box.publish(STREAM);
    }

    /** All compounds that were sent. */
    private List<List<RtcpPacket>> sent() {
        List<List<RtcpPacket>> all = new ArrayList<>();
        for (RecordedOutlet outlet : box.outlets) {
            if (outlet.settings.group().getPort() == RTCP_PORT) {
                outlet.datagrams.forEach(
                        datagram -> all.add(RtcpReader.parse(datagram).orElseThrow()));
            }
        }
        return all;
    }

    /** The first datagram. */
    private RtpPacket media() {
        RecordedOutlet outlet = box.outlets.stream()
                .filter(one -> one.settings.group().getPort() == 5004)
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(RtpPacket.parse(outlet.datagrams.get(0)));
    }

    @Test
    void reportsEveryFewSecondsWhatWasSent() throws IOException {
        publish(to("239.255.1.1:5004"));
        box.runMs(60_000);
        List<SenderReport> reports =
                sent().stream().map(compound -> (SenderReport) compound.get(0)).toList();
        assertTrue(reports.size() >= 8 && reports.size() <= 24, reports.size() + " reports");
        SenderReport last = reports.get(reports.size() - 1);
        assertEquals(media().ssrc(), last.ssrc());
        assertTrue(last.packets() > 1_000 && last.octets() >= last.packets() * 188, last::toString);
        SourceDescription names = (SourceDescription) sent().get(0).get(1);
        assertEquals("lancaster@127.0.0.1", names.chunks().get(0).items().get(0).text());
    }

    @Test
    void theTimesOfAReportAreOfTheSameMoment() throws IOException {
        publish(to("239.255.1.1:5004"));
        box.runMs(60_000);
        List<SenderReport> reports =
                sent().stream().map(compound -> (SenderReport) compound.get(0)).toList();
        SenderReport first = reports.get(0);
        for (SenderReport report : reports) {
            double ntpS = (report.ntp().bits() - first.ntp().bits()) / 4_294_967_296.0;
            double rtpS = (int) (report.rtpTimestamp() - first.rtpTimestamp()) / 90_000.0;
            assertEquals(ntpS, rtpS, 0.01);
        }
        // The first datagram left at about the beginning, and its timestamp says so.
        double sinceFirstS = (int) (first.rtpTimestamp() - media().timestamp()) / 90_000.0;
        double sinceBeginS = (first.ntp().bits()
                        - NtpTime.of(Instant.ofEpochSecond(1_800_000_000)).bits())
                / 4_294_967_296.0;
        assertEquals(sinceBeginS, sinceFirstS, 0.2);
    }

    @Test
    void saysGoodbyeAtTheEnd() throws IOException {
        SentStreams.Encoder encoder = publish(to("239.255.1.1:5004"));
        box.runMs(10_000);
        encoder.end();
        box.runMs(10_000);
        List<RtcpPacket> last = sent().get(sent().size() - 1);
        assertEquals(new Goodbye(List.of(media().ssrc()), "the stream has ended"), last.get(last.size() - 1));
        assertEquals(List.of(), box.open(RTCP_PORT));
        assertEquals(List.of(), box.ears(RTCP_PORT));
    }

    @Test
    void gathersWhatReceiversReport() throws IOException {
        publish(to("239.255.1.1:5004"));
        box.runMs(5_000);
        report(1, 64);
        report(2, 0);
        box.ears(RTCP_PORT).get(0).hear(Bytes.of(0x80, 200), VIEWER);
        box.runMs(2_000);
        ViewerStats viewers = box.stats(STREAM).viewers().orElseThrow();
        assertEquals(2, viewers.viewers());
        assertEquals(1, viewers.losing());
        assertEquals(0.25, viewers.worstFractionLost());
        box.runMs(40_000);
        assertEquals(0, box.stats(STREAM).viewers().orElseThrow().viewers(), "silent ones are forgotten");
    }

    private void report(int ssrc, int fractionLost) {
        ReportBlock block = new ReportBlock(media().ssrc(), fractionLost, 9, 0, 0, 0, 0);
        box.ears(RTCP_PORT).get(0).hear(RtcpWriter.bytes(List.of(new ReceiverReport(ssrc, List.of(block)))), VIEWER);
    }

    @Test
    void listensToNobodyOnASourceSpecificGroup() throws IOException {
        publish(to("232.10.1.7:5004"));
        box.runMs(10_000);
        assertEquals(List.of(), box.ears(RTCP_PORT));
        assertTrue(!sent().isEmpty(), "but reports");
    }

    @Test
    void bareTransportStreamsHaveNoReports() throws IOException {
        MulticastOutputSettings rtp = to("239.255.1.1:5004");
        publish(new MulticastOutputSettings(
                rtp.leg(), Optional.empty(), Payload.UDP, true, rtp.smooth(), 0, Optional.empty(), false));
        box.runMs(10_000);
        assertEquals(List.of(), box.open(RTCP_PORT));
        assertEquals(Optional.empty(), box.stats(STREAM).viewers());
    }
}
