package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.stream.EndReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that send one stream on, against servers of our own, in virtual time. */
class RtmpRelaySessionTest {
    private static final int BATCH = 5;

    private final SimRunLoop loop = new SimRunLoop();
    private final List<String> told = new ArrayList<>();

    private final RtmpClientListener listener = new RtmpClientListener() {
        @Override
        public void onStarted() {
            told.add("started");
        }

        @Override
        public void onClosed(String why) {
            told.add("closed: " + why);
        }
    };

    /** A connection and the server at its other end. */
    private final class Link {
        final FakePublishHandler handler = new FakePublishHandler();
        final FakeTransport toServer = new FakeTransport();
        final FakeTransport toClient = new FakeTransport();
        final RtmpServerConnection server = new RtmpServerConnection(
                new RtmpServerContext(
                        RtmpSettings.DEFAULTS, loop, new SplittableRandom(1), handler, new RtmpServerCounters()),
                toClient,
                () -> "192.0.2.7:5000");
        final RtmpClientConnection connection = new RtmpClientConnection(toServer, new SplittableRandom(2));
        final RtmpPublishLink link = new RtmpPublishLink(
                RtmpUrl.parse("rtmp://box/live/townhall"),
                RelaySettings.DEFAULTS.startTimeout(),
                loop,
                connection,
                listener);
        final RtmpRelaySession relay = new RtmpRelaySession(RelaySettings.DEFAULTS, loop, link);
        private int takenByServer;
        private int takenByClient;

        void exchange() {
            while (true) {
                loop.runDue();
                Bytes up = toServer.sent().slice(takenByServer);
                Bytes down = toClient.sent().slice(takenByClient);
                if (up.isEmpty() && down.isEmpty()) {
                    return;
                }
                takenByServer += up.length();
                takenByClient += down.length();
                server.onBytes(up.buffer());
                connection.onBytes(down.buffer());
            }
        }

        Link connected() {
            link.onConnected();
            exchange();
            return this;
        }
    }

    @Test
    void whatIsSentIsTheStreamFromZeroOn() throws Exception {
        Link link = new Link().connected();
        List<MediaEvent> events = mediaEvents();
        for (MediaBatch batch : batches(events)) {
            link.relay.offer(batch);
            link.exchange();
        }
        Recorded recorded = link.handler.next();
        assertTrue(
                units(fromTheFirstPicture(events)).equals(units(recorded.events)),
                "each unit, from the first key frame on");
        assertTrue(recorded.events.stream()
                .anyMatch(event ->
                        event instanceof DataMessage data && data.name().equals("onMetaData")));
        link.relay.close();
        link.exchange();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(List.of("started", "closed: closed by us"), told);
    }

    @Test
    void oneEncodingServesAllConnections() throws Exception {
        Link first = new Link().connected();
        Link second = new Link().connected();
        for (MediaBatch batch : batches(mediaEvents())) {
            first.relay.offer(batch);
            second.relay.offer(batch);
        }
        first.exchange();
        second.exchange();
        assertTrue(units(first.handler.next().events).equals(units(second.handler.next().events)));
        MediaBatch batch = entry();
        assertSame(batch.opened(), batch.opened());
    }

    @Test
    void whoComesLaterBeginsWithConfigurationsAndAKeyFrame() throws Exception {
        List<MediaBatch> batches = batches(mediaEvents());
        Link link = new Link();
        int late = 0;
        while (late == 0 || !batches.get(late).isEntry()) {
            late++;
        }
        for (MediaBatch batch : batches.subList(0, late + 2)) {
            link.relay.offer(batch);
        }
        link.connected();
        Recorded recorded = link.handler.next();
        List<MediaEvent> seen = recorded.events;
        assertTrue(seen.stream().filter(TrackConfigured.class::isInstance).count() >= 2);
        AccessUnit first = seen.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .findFirst()
                .orElseThrow();
        assertTrue(first.randomAccess() && first.dts90k() > 0, first::toString);
        assertEquals(0, link.relay.stats().cuts());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 77, 0x1_0000})
    void messagesAreOnTheStreamThatTheServerNamed(int messageStreamId) {
        MediaBatch batch = entry().opened();
        Bytes chunks = Bytes.copyOf(batch.chunks(messageStreamId));
        assertEquals(messageStreamId, Integer.reverseBytes(chunks.i32(8)));
        assertEquals(Bytes.copyOf(batch.chunks(1)).length(), chunks.length());
        assertEquals(
                Bytes.copyOf(batch.chunks(1)).slice(12), messageStreamId == 1 ? chunks.slice(12) : unstamped(batch));
    }

    private static Bytes unstamped(MediaBatch batch) {
        batch.chunks(99);
        return Bytes.copyOf(batch.chunks(1)).slice(12);
    }

    @Test
    void aSlowServerIsCutBackToTheNextKeyFrameAndTheOthersAreNot() throws Exception {
        Link slow = new Link().connected();
        Link quick = new Link().connected();
        slow.toServer.reads = false;
        List<MediaBatch> batches = batches(longStream(20));
        for (MediaBatch batch : batches) {
            slow.relay.offer(batch);
            quick.relay.offer(batch);
            loop.advanceMs(20);
        }
        assertTrue(slow.relay.stats().cuts() > 0, slow.relay.stats()::toString);
        assertTrue(slow.relay.stats().droppedMessages() > 0);
        assertTrue(slow.toServer.pendingBytes() <= RtmpClientSession.SOCKET_BYTES + (256 << 10));
        assertEquals(0, quick.relay.stats().cuts());
        assertEquals(0, quick.relay.stats().queuedBytes());
    }

    @Test
    void aServerThatTakesNothingAnyMoreIsLeft() {
        Link link = new Link().connected();
        link.relay.offer(entry());
        link.toServer.reads = false;
        link.relay.offer(entry());
        loop.advanceMs(25_000);
        assertEquals(List.of("started", "closed: the server takes nothing for 10 s"), told);
        assertTrue(link.toServer.closed);
    }

    @Test
    void aServerThatNeverAnswersIsLeft() {
        Link link = new Link();
        link.link.onConnected();
        for (MediaBatch batch : batches(longStream(10))) {
            link.relay.offer(batch);
        }
        loop.advanceMs(10_000);
        assertEquals(List.of("closed: no consent to publish for 10 s"), told);
        link.link.onClosed("as the socket says then");
        assertEquals(0, link.relay.stats().queuedBytes());
        assertFalse(link.relay.stats().sentMessages() > 0);
    }

    private static MediaBatch entry() {
        return batches(mediaEvents()).stream()
                .filter(MediaBatch::isEntry)
                .findFirst()
                .orElseThrow();
    }

    private static List<MediaEvent> fromTheFirstPicture(List<MediaEvent> events) {
        int first = 0;
        while (!(events.get(first) instanceof AccessUnit unit) || unit.trackId() != Track.VIDEO) {
            first++;
        }
        return events.subList(first, events.size());
    }

    private static List<MediaBatch> batches(List<MediaEvent> events) {
        List<MediaBatch> batches = new ArrayList<>();
        MediaBatcher batcher = new MediaBatcher(batches::add);
        for (int i = 0; i < events.size(); i++) {
            batcher.on(events.get(i));
            if (i % BATCH == 0) {
                batcher.flush();
            }
        }
        batcher.flush();
        return batches;
    }

    private static List<MediaEvent> mediaEvents() {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media("avc-aac.flv").buffer());
        return events;
    }

    /** The film so many times. */
    private static List<MediaEvent> longStream(int times) {
        List<MediaEvent> all = new ArrayList<>();
        long begin90k = 0;
        for (int i = 0; i < times; i++) {
            long end90k = begin90k;
            for (MediaEvent event : mediaEvents()) {
                if (event instanceof AccessUnit unit) {
                    all.add(unit.withDts90k(begin90k + unit.dts90k()));
                    end90k = Math.max(end90k, begin90k + unit.dts90k());
                } else if (i == 0) {
                    all.add(event);
                }
            }
            begin90k = end90k + 3_600;
        }
        return all;
    }

    private static List<AccessUnit> units(List<MediaEvent> events) {
        List<AccessUnit> units = events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .toList();
        long zero90k = units.get(0).dts90k();
        return units.stream()
                .map(unit -> unit.withDts90k(unit.dts90k() - zero90k))
                .toList();
    }
}
