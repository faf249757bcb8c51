package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.MediaEvent;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;
import org.junit.jupiter.api.Test;

/** The client's session against the server's, both in virtual time. */
class RtmpClientSessionTest {
    private final SimRunLoop loop = new SimRunLoop();
    private final FakePublishHandler handler = new FakePublishHandler();
    private final RtmpServerCounters counters = new RtmpServerCounters();
    private final List<String> told = new ArrayList<>();
    private final FakeTransport toServer = new FakeTransport();
    private final FakeTransport toClient = new FakeTransport();
    private final RtmpServerConnection server = new RtmpServerConnection(
            new RtmpServerContext(RtmpSettings.DEFAULTS, loop, new SplittableRandom(1), handler, counters),
            toClient,
            () -> "192.0.2.7:5000");
    private final RtmpClientConnection connection = new RtmpClientConnection(toServer, new SplittableRandom(2));
    private int takenByServer;
    private int takenByClient;

    private final RtmpClientListener listener = new RtmpClientListener() {
        @Override
        public void onStarted() {
            told.add("started");
        }

        @Override
        public void onStatus(StatusReport status) {
            told.add(status.toString());
        }

        @Override
        public void onRefused(StatusReport status) {
            told.add("refused: " + status.code());
        }

        @Override
        public void onClosed(String why) {
            told.add("closed: " + why);
        }
    };

    @Test
    void publishesWhatItIsGiven() throws Exception {
        List<MediaEvent> events = mediaEvents();
        RtmpPublishLink link = link("rtmp://box/live/townhall?key=SECRET");
        RtmpClientSession client = new RtmpClientSession(RtmpClientSettings.DEFAULTS, link);
        events.subList(0, 10).forEach(client::send);
        link.onConnected();
        exchange();
        events.subList(10, events.size()).forEach(client::send);
        exchange();
        Recorded recorded = handler.next();
        assertEquals("SECRET", recorded.request.key().orElseThrow());
        assertEquals(mediaOnly(events), mediaOnly(recorded.events));
        client.close();
        exchange();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(List.of("started", "closed: closed by us"), told);
        assertEquals(0, client.stats().droppedUnits());
    }

    @Test
    void tellsWhyItIsRefused() {
        RtmpPublishLink link = link("rtmp://box/live/townhall?key=wrong");
        var unused = new RtmpClientSession(RtmpClientSettings.DEFAULTS, link);
        link.onConnected();
        exchange();
        assertEquals(
                List.of("refused: NetStream.Publish.Denied", "closed: NetStream.Publish.Denied: the key is wrong"),
                told);
        assertTrue(toServer.closed);
    }

    @Test
    void tellsWhyItIsClosed() throws Exception {
        RtmpPublishLink link = link("rtmp://box/live/townhall");
        var unused = new RtmpClientSession(RtmpClientSettings.DEFAULTS, link);
        link.onConnected();
        exchange();
        handler.next().request.control().close(new CloseReason(CloseReason.Kind.KICKED, "kicked by hand"));
        exchange();
        link.onClosed("the server closed the connection");
        assertEquals(
                List.of(
                        "started",
                        "NetStream.Unpublish.Success: kicked by hand",
                        "NetConnection.Connect.Closed: kicked by hand",
                        "closed: the server closed the connection"),
                told);
    }

    @Test
    void slowNetworksCutTheQueueBackAndNotTheMemory() {
        RtmpPublishLink link = link("rtmp://box/live/townhall");
        RtmpClientSession client = new RtmpClientSession(RtmpClientSettings.DEFAULTS, link);
        link.onConnected();
        exchange();
        toServer.reads = false;
        List<MediaEvent> events = mediaEvents();
        for (int i = 0; i < 300; i++) {
            events.forEach(client::send);
        }
        assertTrue(client.stats().queuedBytes() <= RtmpClientSettings.DEFAULTS.queueBytes());
        assertTrue(client.stats().cuts() > 0);
        assertTrue(toServer.pendingBytes() < RtmpClientSession.SOCKET_BYTES + 100_000);
    }

    @Test
    void serversThatDontConsentAreLeft() {
        RtmpPublishLink link = link("rtmp://box/live/townhall");
        var unused = new RtmpClientSession(RtmpClientSettings.DEFAULTS, link);
        link.onConnected();
        loop.advanceMs(10_000);
        assertEquals(List.of("closed: no consent to publish for 10 s"), told);
    }

    @Test
    void serversThatClosedEarlyAreReported() {
        RtmpPublishLink link = link("rtmp://box/live/townhall");
        RtmpClientSession client = new RtmpClientSession(RtmpClientSettings.DEFAULTS, link);
        link.onConnected();
        connection.onBytes(Bytes.of('H', 'T', 'T', 'P').buffer());
        assertEquals(1, told.size());
        assertEquals(
                1, told.stream().filter(line -> line.contains("server version")).count());
        client.close();
        link.onClosed("again");
        assertEquals(1, told.size());
    }

    private RtmpPublishLink link(String url) {
        return new RtmpPublishLink(
                RtmpUrl.parse(url), RtmpClientSettings.DEFAULTS.startTimeout(), loop, connection, listener);
    }

    /** Carries bytes back and forth until both sides are silent. */
    private void exchange() {
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

    private static List<MediaEvent> mediaEvents() {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media("avc-aac.flv").buffer());
        return events;
    }

    /** Without data messages, whose place in time is counted from what came before them. */
    private static List<MediaEvent> mediaOnly(List<MediaEvent> events) {
        return events.stream()
                .filter(event -> !(event instanceof lancaster.media.DataMessage))
                .toList();
    }
}
