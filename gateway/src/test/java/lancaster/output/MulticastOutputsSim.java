package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lancaster.bytes.Bytes;
import lancaster.fec.FecDecoder;
import lancaster.fec.FecSettings;
import lancaster.hls.HlsStats;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.mpegts.demux.TsDemuxer;
import lancaster.mpegts.demux.TsDemuxerSettings;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.AddressRange;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.output.MulticastOutputSettings.Payload;
import lancaster.output.MulticastOutputStats.State;
import lancaster.rtp.RtpPacket;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole multicast outputs in virtual time: what leaves, when, and whom failures and changes concern. */
@Tag("sim")
class MulticastOutputsSim {
    private static final String STREAM = "live/townhall";
    private static final String OTHER = "live/lobby";
    private static final int TS_PACKET = 188;

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

    @Test
    void withoutAnInterfaceItIsPreparedAndNothingLeaves() throws IOException {
        box.publish(STREAM);
        box.runMs(3_000);
        MulticastOutputStats stats = box.stats(STREAM);
        assertEquals(State.PREPARED, stats.state());
        assertEquals("no interface is named: nothing is sent", stats.reason());
        assertEquals("239.255.73.88:5004", group(stats));
        assertEquals(List.of(), box.outlets);
    }

    @Test
    void theStreamLeavesAsRtpFromItsFirstAccessUnitOn() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(5_000);
        assertEquals(State.SENDING, box.stats(STREAM).state());
        List<RtpPacket> packets = rtp(box.media());
        for (int i = 0; i < packets.size(); i++) {
            RtpPacket packet = packets.get(i);
            assertEquals(33, packet.payloadType());
            assertEquals((packets.get(0).sequence() + i) & 0xffff, packet.sequence());
            assertEquals(packets.get(0).ssrc(), packet.ssrc());
            assertEquals(0, packet.payload().length() % TS_PACKET);
        }
        List<AccessUnit> units = units(packets);
        assertTrue(units.get(0).randomAccess());
        // A queue of half a second at the most stands between what was published and what has left.
        assertTrue(units.size() > 300, () -> units.size() + " access units");
        MulticastOutputStats.Counters counters = box.stats(STREAM).counters();
        assertTrue(Math.abs(counters.datagrams() - packets.size()) < 100);
        assertTrue(counters.bitsPerSecond() > 100_000, counters::toString);
        assertEquals(0, box.stats(STREAM).departure().orElseThrow().cuts());
        assertEquals(0, box.stats(STREAM).departure().orElseThrow().malformed());
    }

    @Test
    void bareTransportStreamIsPossible() throws IOException {
        send(STREAM, with(onLo(), Payload.UDP, Optional.empty()));
        box.publish(STREAM);
        box.runMs(2_000);
        for (Bytes datagram : box.media().datagrams) {
            assertEquals(0, datagram.length() % TS_PACKET);
            assertEquals(0x47, datagram.u8(0));
        }
    }

    @Test
    void parityRepairsWhatIsLost() throws IOException {
        send(STREAM, with(onLo(), Payload.RTP, Optional.of(new FecSettings(5, 4, true))));
        box.publish(STREAM);
        box.runMs(4_000);
        List<RtpPacket> media = rtp(box.media());
        List<RtpPacket> parity = new ArrayList<>(rtp(box.open(5006).get(0)));
        parity.addAll(rtp(box.open(5008).get(0)));
        assertTrue(media.stream().allMatch(packet -> packet.bytes().length() == 1328), "constant size");
        int expected = media.size() / 4 + media.size() / 5;
        assertTrue(Math.abs(parity.size() - expected) <= 10, parity.size() + " parity packets, not " + expected);
        List<RtpPacket> recovered = new ArrayList<>();
        FecDecoder decoder = new FecDecoder(recovered::add);
        RtpPacket lost = media.get(47);
        for (RtpPacket packet : media.subList(20, 80)) {
            if (packet.sequence() != lost.sequence()) {
                decoder.onMedia(packet);
            }
        }
        parity.forEach(decoder::onParity);
        assertEquals(
                List.of(lost.bytes()), recovered.stream().map(RtpPacket::bytes).toList());
    }

    @Test
    void copiesAreTheSameBitForBit() throws IOException {
        Leg second = onLo().leg().withGroup(MulticastGroup.parse("239.1.1.2:6004"));
        send(STREAM, onLo().withLegs(onLo().leg(), Optional.of(second)));
        box.publish(STREAM);
        box.runMs(2_000);
        List<Bytes> first = box.media().datagrams;
        assertFalse(first.isEmpty());
        assertEquals(first, box.open(6004).get(0).datagrams);
        assertEquals(2, box.stats(STREAM).ways().size());
    }

    @Test
    void whatIsDoneToOneOutputTheOthersDontNotice() throws IOException {
        send(STREAM, onLo());
        send(OTHER, onLo().withLegs(onLo().leg().withGroup(MulticastGroup.parse("239.1.1.9:7004")), Optional.empty()));
        box.publish(STREAM);
        box.publish(OTHER);
        box.runMs(3_000);
        RecordedOutlet other = box.open(7004).get(0);
        assertEquals(
                State.STOPPED, done(box.multicasts.stop(box.stream(STREAM))).state());
        box.runMs(2_000);
        assertEquals(List.of(), box.open(5004));
        done(box.multicasts.start(box.stream(STREAM), (present, others) -> present));
        box.runMs(1_000);
        done(box.multicasts.change(
                box.stream(STREAM), (present, others) -> with(present, Payload.UDP, Optional.empty())));
        box.runMs(3_000);
        assertEquals(State.SENDING, box.stats(STREAM).state());
        assertEquals(0x47, box.media().datagrams.get(0).u8(0));
        assertEquals(0, box.stats(STREAM).counters().restarts());
        // The other multicast output kept its outlet and its numbers, HLS every segment.
        assertFalse(other.closed);
        List<RtpPacket> packets = rtp(other);
        int expected = (packets.get(0).sequence() + packets.size() - 1) & 0xffff;
        assertEquals(expected, packets.get(packets.size() - 1).sequence());
        HlsOutput hls = box.hls.find(StreamPath.parse(STREAM)).orElseThrow();
        assertEquals(0, hls.restarts());
        assertEquals(new HlsStats(0, 0, 0), hls.feed().stats());
        assertTrue(hls.feed().listed());
    }

    @Test
    void receiversSeeOneSourceThroughAChange() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet before = box.media();
        done(box.multicasts.change(
                box.stream(STREAM),
                (present, others) -> with(present, Payload.RTP, Optional.of(new FecSettings(5, 5, false)))));
        box.runMs(2_000);
        assertTrue(before.closed);
        RtpPacket last = rtp(before).get(before.datagrams.size() - 1);
        RtpPacket first = rtp(box.media()).get(0);
        assertEquals(last.ssrc(), first.ssrc());
        assertEquals((last.sequence() + 1) & 0xffff, first.sequence());
        assertTrue(first.timestamp() - last.timestamp() < 2 * 90_000, "timestamps go on");
        assertTrue(units(rtp(box.media())).get(0).randomAccess());
    }

    @Test
    void whatLeavesTheMediaAsTheyAreInterruptsNothing() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet media = box.media();
        int before = media.datagrams.size();
        done(box.multicasts.change(
                box.stream(STREAM),
                (present, others) -> new MulticastOutputSettings(
                        new Leg(
                                present.leg().group(),
                                present.leg().interfaceName(),
                                present.leg().source(),
                                7,
                                0),
                        Optional.empty(),
                        Payload.RTP,
                        false,
                        Duration.ZERO,
                        0,
                        Optional.empty(),
                        false)));
        assertEquals(State.SENDING, box.stats(STREAM).state());
        assertEquals(7, box.stats(STREAM).ways().get(0).leg().ttl());
        assertEquals(7, box.stats(STREAM).settings().leg().ttl());
        box.runMs(2_000);
        assertFalse(media.closed);
        assertEquals(7, media.settings.ttl());
        assertEquals(0, media.settings.dscp());
        assertFalse(media.settings.loopback());
        assertEquals(7, box.open(5005).get(0).settings.ttl(), "RTCP goes as far");
        assertTrue(media.datagrams.size() > before);
        assertUninterrupted(media);
    }

    @Test
    void aCopyComesAndGoesWithoutInterruption() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet media = box.media();
        int before = media.datagrams.size();
        Leg second = onLo().leg().withGroup(MulticastGroup.parse("239.1.1.2:6004"));
        done(box.multicasts.change(
                box.stream(STREAM), (present, others) -> present.withLegs(present.leg(), Optional.of(second))));
        box.runMs(2_000);
        RecordedOutlet copy = box.open(6004).get(0);
        assertEquals(media.datagrams.subList(before, media.datagrams.size()), copy.datagrams);
        assertEquals(1, box.ears(6005).size(), "reports of its receivers are heard");
        copy.deaf = true;
        box.runMs(1_000);
        done(box.multicasts.change(
                box.stream(STREAM), (present, others) -> present.withLegs(present.leg(), Optional.empty())));
        long failed = box.stats(STREAM).counters().failedDatagrams();
        assertTrue(failed > 0);
        assertTrue(copy.closed);
        box.runMs(2_000);
        assertEquals(failed, box.stats(STREAM).counters().failedDatagrams());
        assertEquals(1, box.stats(STREAM).ways().size());
        assertFalse(media.closed);
        assertUninterrupted(media);
    }

    private static void assertUninterrupted(RecordedOutlet media) {
        List<RtpPacket> packets = rtp(media);
        int expected = (packets.get(0).sequence() + packets.size() - 1) & 0xffff;
        assertEquals(expected, packets.get(packets.size() - 1).sequence());
        assertTrue(packets.stream().skip(1).noneMatch(RtpPacket::marker));
    }

    @Test
    void anInterfaceThatIsMissingIsWaitedForAndNamed() throws IOException {
        send(STREAM, onInterface("eth77"));
        box.publish(STREAM);
        box.runMs(10_000);
        MulticastOutputStats stats = box.stats(STREAM);
        assertEquals(State.RETRYING, stats.state());
        assertTrue(stats.reason().startsWith("there is no interface eth77; there is lo (127.0.0.1"), stats.reason());
        assertTrue(stats.counters().restarts() >= 3 && stats.counters().restarts() <= 6, stats::toString);
        assertEquals(List.of(), box.outlets);
    }

    @Test
    void aRefusalOfTheKernelIsTriedAgainUntilItIsOver() throws IOException {
        send(STREAM, onLo());
        box.refusal = "can't send";
        box.publish(STREAM);
        box.runMs(2_000);
        assertEquals(State.RETRYING, box.stats(STREAM).state());
        assertEquals("can't send", box.stats(STREAM).reason());
        box.refusal = null;
        box.runMs(8_000);
        assertEquals(State.SENDING, box.stats(STREAM).state());
        assertTrue(units(rtp(box.media())).get(0).randomAccess());
    }

    @Test
    void whereNothingLeavesAnyMoreTheSocketIsOpenedAnew() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet first = box.media();
        first.deaf = true;
        box.runMs(10_000);
        assertTrue(first.closed);
        assertNotEquals(first, box.media());
        assertEquals(State.SENDING, box.stats(STREAM).state());
        assertEquals(1, box.stats(STREAM).counters().restarts());
        assertTrue(box.stats(STREAM).counters().failedDatagrams() > 0);
    }

    @Test
    void aFailureInOneOutputNeitherStopsThePacerNorTheOthers() throws IOException {
        send(STREAM, onLo());
        send(OTHER, onLo());
        box.publish(STREAM);
        box.publish(OTHER);
        box.runMs(2_000);
        RecordedOutlet broken = box.open(5004).get(0);
        RecordedOutlet whole = box.open(5004).get(1);
        broken.closed = true;
        int before = whole.datagrams.size();
        box.runMs(5_000);
        assertTrue(whole.datagrams.size() > before + 100);
        MulticastOutputStats failed =
                box.stats(STREAM).counters().restarts() == 1 ? box.stats(STREAM) : box.stats(OTHER);
        assertEquals(1, failed.counters().restarts());
        assertEquals(State.SENDING, failed.state());
    }

    @Test
    void groupsOfThePlanAreDistinctAndLeaveConfiguredOnesAlone() throws IOException {
        MulticastGroup configured = MulticastGroup.parse("239.255.73.88:5004");
        MulticastOutputSettings named = onLo().withLegs(onLo().leg().withGroup(configured), Optional.empty());
        send("live/named", named);
        box.claims.put("live/named", MulticastClaims.of(named));
        box.publish(STREAM);
        box.publish(OTHER);
        SentStreams.Encoder encoder = box.publish("live/named");
        box.runMs(1_000);
        Set<String> groups = new HashSet<>();
        for (MulticastOutput output : box.multicasts.all()) {
            groups.add(group(output.stats()));
        }
        assertEquals(3, groups.size());
        assertEquals("239.255.73.88:5004", group(box.stats("live/named")));
        encoder.end();
        box.runMs(7_000);
        assertEquals(Optional.empty(), box.multicasts.find(StreamPath.parse("live/named")));
        assertTrue(box.claims.isTaken(configured.address(), STREAM), "what is configured stays reserved");
    }

    @Test
    void aChangeThatIsRefusedChangesNothing() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet media = box.media();
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> done(box.multicasts.change(box.stream(STREAM), (present, others) -> onInterface("eth77"))));
        assertTrue(String.valueOf(refused.getMessage()).contains("there is no interface eth77"), refused::toString);
        assertFalse(media.closed);
        CompletableFuture<Optional<MulticastOutputStats>> nobody = box.multicasts.stop(Optional.empty());
        box.loop.runDue();
        assertEquals(Optional.empty(), nobody.join());
    }

    @Test
    void startingWithoutAnInterfaceSaysWhatThereIs() throws IOException {
        box.publish(STREAM);
        box.runMs(1_000);
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> done(box.multicasts.start(box.stream(STREAM), (present, others) -> present)));
        assertTrue(String.valueOf(refused.getMessage()).contains("there is lo (127.0.0.1"), refused::toString);
        done(box.multicasts.start(box.stream(STREAM), (present, others) -> onLo()));
        box.runMs(3_000);
        assertEquals(State.SENDING, box.stats(STREAM).state());
    }

    @Test
    void theEndLeavesNothingBehindAndChangesAreRemembered() throws IOException {
        SentStreams.Encoder encoder = box.publish(STREAM);
        box.runMs(1_000);
        done(box.multicasts.start(box.stream(STREAM), (present, others) -> onLo()));
        box.runMs(3_000);
        RecordedOutlet first = box.media();
        encoder.end();
        box.runMs(4_000);
        assertEquals(State.WAITING, box.stats(STREAM).state());
        assertEquals("no media come", box.stats(STREAM).reason());
        box.runMs(4_000);
        assertTrue(first.closed);
        assertEquals(List.of(), box.multicasts.all());
        int published = 0;
        for (AccessUnit unit : units(rtp(first))) {
            published += unit.randomAccess() ? 1 : 0;
        }
        assertTrue(published > 0);

        box.publish(STREAM);
        box.runMs(3_000);
        assertEquals(State.SENDING, box.stats(STREAM).state());
        done(box.multicasts.stop(box.stream(STREAM)));
        assertTrue(box.outlets.stream().allMatch(outlet -> outlet.closed));
    }

    @Test
    void stoppedStaysStoppedThroughANewPublication() throws IOException {
        send(STREAM, onLo());
        SentStreams.Encoder encoder = box.publish(STREAM);
        box.runMs(1_000);
        done(box.multicasts.stop(box.stream(STREAM)));
        encoder.end();
        box.runMs(7_000);
        assertEquals(List.of(), box.multicasts.all());
        box.publish(STREAM);
        box.runMs(2_000);
        assertEquals(State.STOPPED, box.stats(STREAM).state());
        assertEquals(List.of(), box.open(5004));
    }

    @Test
    void sameSettingsAgainInterruptNothing() throws IOException {
        send(STREAM, onLo());
        box.publish(STREAM);
        box.runMs(2_000);
        RecordedOutlet media = box.media();
        done(box.multicasts.start(box.stream(STREAM), (present, others) -> present));
        assertFalse(media.closed);
    }

    @Test
    void aReloadChangesTheStreamsItNamesAndNoOthers() throws IOException {
        send(STREAM, onLo());
        send(OTHER, onLo().withLegs(onLo().leg().withGroup(MulticastGroup.parse("239.1.1.9:7004")), Optional.empty()));
        box.publish(STREAM);
        box.publish(OTHER);
        box.runMs(3_000);
        RecordedOutlet other = box.open(7004).get(0);
        done(box.multicasts.change(
                box.stream(STREAM), (present, others) -> with(present, Payload.UDP, Optional.empty())));
        box.runMs(1_000);
        send(STREAM, with(onLo(), Payload.RTP, Optional.of(new FecSettings(5, 5, false))));
        reconfigure(SentStreams.PLAN, STREAM);
        box.runMs(3_000);
        assertEquals(State.SENDING, box.stats(STREAM).state());
        assertEquals(
                box.configured.get(STREAM).fec(), box.stats(STREAM).settings().fec());
        assertEquals(Payload.RTP, box.stats(STREAM).settings().payload(), "the file counts over an earlier change");
        assertEquals(List.of(other), box.open(7004));
        List<RtpPacket> packets = rtp(other);
        int expected = (packets.get(0).sequence() + packets.size() - 1) & 0xffff;
        assertEquals(expected, packets.get(packets.size() - 1).sequence());
    }

    @Test
    void anotherRangeMovesTheStreamsThatNameNoGroup() throws IOException {
        send(STREAM, onLo());
        send(OTHER, onLo().withLegs(onLo().leg().withGroup(MulticastGroup.parse("239.1.1.9:7004")), Optional.empty()));
        box.publish(STREAM);
        box.publish(OTHER);
        box.runMs(3_000);
        RecordedOutlet other = box.open(7004).get(0);
        reconfigure(new AddressPlan(AddressRange.parse("239.192.0.0/16").orElseThrow()));
        box.runMs(3_000);
        assertTrue(group(box.stats(STREAM)).startsWith("239.192."), () -> group(box.stats(STREAM)));
        assertEquals(State.SENDING, box.stats(STREAM).state());
        assertFalse(other.closed);
    }

    private void reconfigure(AddressPlan plan, String... paths) {
        List<LiveStream> changed = new ArrayList<>();
        for (String path : paths) {
            changed.add(box.stream(path).orElseThrow());
        }
        CompletableFuture<Void> settled =
                box.multicasts.reconfigure(plan, new AddressClaims(), new AddressClaims(), changed);
        box.loop.runDue();
        settled.join();
    }

    private MulticastOutputStats done(CompletableFuture<Optional<MulticastOutputStats>> settled) {
        box.loop.runDue();
        return settled.join().orElseThrow();
    }

    private void send(String path, MulticastOutputSettings settings) {
        box.configured.put(path, settings);
    }

    private static MulticastOutputSettings onLo() {
        return onInterface("lo");
    }

    private static MulticastOutputSettings onInterface(String name) {
        return MulticastOutputSettings.DEFAULTS.withLegs(
                MulticastOutputSettings.DEFAULTS.leg().withInterface(name), Optional.empty());
    }

    private static MulticastOutputSettings with(
            MulticastOutputSettings settings, Payload payload, Optional<FecSettings> fec) {
        return new MulticastOutputSettings(
                settings.leg(), settings.duplicate(), payload, true, Duration.ZERO, 0, fec, true);
    }

    private static String group(MulticastOutputStats stats) {
        return stats.settings().leg().group().orElseThrow().toString();
    }

    private static List<RtpPacket> rtp(RecordedOutlet outlet) {
        List<RtpPacket> packets = new ArrayList<>();
        for (Bytes datagram : outlet.datagrams) {
            packets.add(java.util.Objects.requireNonNull(RtpPacket.parse(datagram)));
        }
        return packets;
    }

    private static List<AccessUnit> units(List<RtpPacket> packets) {
        List<MediaEvent> events = new ArrayList<>();
        TsDemuxer demuxer = new TsDemuxer(TsDemuxerSettings.DEFAULTS, events::add);
        for (RtpPacket packet : packets) {
            byte[] payload = packet.payload().toArray();
            for (int at = 0; at < payload.length; at += TS_PACKET) {
                demuxer.onPacket(payload, at);
            }
        }
        demuxer.flush();
        return events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .toList();
    }
}
