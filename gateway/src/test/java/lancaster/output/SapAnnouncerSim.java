package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.sap.SapPacket;
import lancaster.sdp.SdpReader;
import lancaster.sdp.SessionReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is announced of streams in virtual time: when, where, and how it is taken back. */
@Tag("sim")
class SapAnnouncerSim {
    private static final String STREAM = "live/townhall";
    private static final MulticastOutputSettings ON_LO = MulticastOutputSettings.DEFAULTS.withLegs(
            Leg.DEFAULTS.withInterface("lo").withGroup(MulticastGroup.parse("239.255.1.1:5004")), Optional.empty());

    @TempDir
    Path folder;

    private SentStreams box;
    private SapAnnouncer announcer;

    @BeforeEach
    void start() throws IOException {
        box = new SentStreams(folder);
        announcer = new SapAnnouncer(box.loop, box.network, box.multicasts, new SplittableRandom(3));
    }

    @AfterEach
    void close() throws IOException {
        box.close();
    }

    /** All that was announced so far, on all channels that ever were. */
    private List<SapPacket> packets() {
        return box.outlets.stream()
                .filter(outlet -> outlet.settings.group().getPort() == SapPacket.PORT)
                .flatMap(outlet -> outlet.datagrams.stream())
                .map(datagram -> SapPacket.parse(datagram).orElseThrow())
                .toList();
    }

    private long deletions() {
        return packets().stream().filter(SapPacket::deletion).count();
    }

    private void send(MulticastOutputSettings settings) {
        box.configured.put(STREAM, settings);
    }

    @Test
    void announcesWhatIsSentAtOnceAndAgainEveryHalfMinute() throws IOException {
        send(ON_LO);
        box.publish(STREAM);
        box.runMs(2_000);
        SapPacket packet = packets().get(0);
        assertEquals(STREAM, SdpReader.read(packet.payload()).name());
        assertEquals(
                "239.255.1.1",
                SessionReader.read(SdpReader.read(packet.payload()))
                        .legs()
                        .get(0)
                        .group());
        box.runMs(300_000);
        assertTrue(packets().size() >= 8 && packets().size() <= 16, packets().size() + " announcements");
        assertEquals(1, packets().stream().distinct().count());
    }

    @Test
    void announcesOnTheInterfaceThatTheStreamLeavesBy() throws IOException {
        send(ON_LO);
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet outlet = box.open(SapPacket.PORT).get(0);
        assertEquals("239.255.255.255", IpLiteral.text(outlet.settings.group().getAddress()));
        assertEquals("lo", outlet.settings.networkInterface().getName());
        assertEquals(1, outlet.settings.ttl(), "no further than the stream");
        assertEquals(1, box.open(SapPacket.PORT).size());
    }

    @Test
    void announcesNothingThatIsNotSent() throws IOException {
        box.publish(STREAM);
        box.runMs(3_000);
        assertEquals(List.of(), box.outlets, "no interface is named");
    }

    @Test
    void announcesNothingThatShallNotBe() throws IOException {
        send(new MulticastOutputSettings(
                ON_LO.leg(), Optional.empty(), ON_LO.payload(), true, ON_LO.smooth(), 0, Optional.empty(), false));
        box.publish(STREAM);
        box.runMs(3_000);
        assertEquals(List.of(), packets());
    }

    @Test
    void takesTheAnnouncementBackThreeTimesWhenTheStreamEnds() throws IOException {
        send(ON_LO);
        SentStreams.Encoder encoder = box.publish(STREAM);
        box.runMs(3_000);
        assertEquals(0, deletions());
        encoder.end();
        box.runMs(15_000);
        assertEquals(3, deletions());
        SapPacket last = packets().get(packets().size() - 1);
        assertEquals(packets().get(0).deleted(), last);
        assertEquals(List.of(), box.open(SapPacket.PORT), "nothing stays open");
    }

    @Test
    void takesTheOldVersionBackWhenTheSessionChanges() throws IOException {
        send(ON_LO);
        box.publish(STREAM);
        box.runMs(3_000);
        SapPacket before = packets().get(0);
        MulticastGroup other = MulticastGroup.parse("239.255.1.2:5004");
        var unused = box.multicasts.change(
                box.stream(STREAM),
                (present, others) -> present.withLegs(present.leg().withGroup(other), Optional.empty()));
        box.runMs(4_000);
        List<SapPacket> all = packets();
        assertTrue(all.contains(before.deleted()));
        SapPacket now = all.stream()
                .filter(packet -> !packet.deletion() && !packet.equals(before))
                .findFirst()
                .orElseThrow();
        assertNotEquals(before.messageIdHash(), now.messageIdHash());
        assertEquals(sessionId(before), sessionId(now));
        assertTrue(version(now) > version(before));
    }

    @Test
    void takesAllBackWhenTheGatewayEnds() throws IOException {
        send(ON_LO);
        box.publish(STREAM);
        box.runMs(3_000);
        // What waits for the loop runs when it turns; here it is the test that turns it.
        Thread closing = new Thread(announcer::close);
        closing.start();
        while (closing.isAlive()) {
            box.loop.runDue();
            Thread.onSpinWait();
        }
        assertEquals(3, deletions());
        assertEquals(List.of(), box.open(SapPacket.PORT));
    }

    @Test
    void announcesSeldomWhereManyAnnounce() throws IOException {
        send(ON_LO);
        box.publish(STREAM);
        box.runMs(2_000);
        SentStreams.FakeEar ear = box.ears(SapPacket.PORT).get(0);
        InetSocketAddress other = new InetSocketAddress("192.0.2.9", 9_875);
        for (int i = 0; i < 600; i++) {
            Bytes sdp = Bytes.wrap(("v=0\r\ns=" + i + "\r\n").getBytes(StandardCharsets.US_ASCII));
            ear.hear(SapPacket.announcement(Bytes.of(192, 0, 2, 9), sdp).bytes(), other);
        }
        ear.hear(Bytes.of(1, 2, 3), other);
        box.runMs(60_000);
        int before = packets().size();
        box.runMs(600_000);
        // 601 × 280 bytes at 4000 bit/s: about 340 s.
        int more = packets().size() - before;
        assertTrue(more >= 1 && more <= 3, more + " announcements");
    }

    private static String sessionId(SapPacket packet) {
        return SdpReader.read(packet.payload()).origin().sessionId();
    }

    private static long version(SapPacket packet) {
        return Long.parseLong(SdpReader.read(packet.payload()).origin().version());
    }
}
