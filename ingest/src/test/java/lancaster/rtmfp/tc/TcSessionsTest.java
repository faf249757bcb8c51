package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.RecvFlowListener;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.SessionListener;
import lancaster.rtmfp.session.SessionState;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessages;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSession;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpPublishLink;
import lancaster.rtmp.session.RtmpServerContext;
import lancaster.rtmp.session.RtmpServerCounters;
import lancaster.rtmp.session.RtmpSettings;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.stream.EndReason;
import org.junit.jupiter.api.Test;

/** Connections over flows, both ends ours, in virtual time and without packets. */
class TcSessionsTest {
    private final SimRunLoop loop = new SimRunLoop();
    private final FakePublishHandler handler = new FakePublishHandler();
    private final RtmpServerCounters counters = new RtmpServerCounters();
    private final FakeSession near = new FakeSession(loop, true);
    private final FakeSession far = new FakeSession(loop, false);
    private final List<String> told = new ArrayList<>();
    private final RtmpClientListener listener = new RtmpClientListener() {
        @Override
        public void onStarted() {
            told.add("started");
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

    TcSessionsTest() {
        FakeSession.join(near, far);
        far.listener(new TcServerConnection(
                new RtmpServerContext(RtmpSettings.DEFAULTS, loop, new SplittableRandom(1), handler, counters),
                TcSettings.DEFAULTS,
                new SharedMessages(),
                far,
                Visitor.NONE));
    }

    @Test
    void publishesWhatItIsGiven() throws Exception {
        List<MediaEvent> events = mediaEvents();
        TcClientConnection connection = new TcClientConnection(TcSettings.DEFAULTS, loop, () -> {});
        RtmpClientSession client = client(connection, "rtmp://box/live/townhall?key=SECRET");
        events.subList(0, 10).forEach(client::send);
        connection.onSession(near);
        loop.runDue();
        events.subList(10, events.size()).forEach(client::send);
        loop.runDue();
        FakePublishHandler.Recorded recorded = handler.next();
        assertEquals("SECRET", recorded.request.key().orElseThrow());
        assertEquals("live/townhall", recorded.request.path().toString());
        assertEquals(ofTrack(events, true), ofTrack(recorded.events, true));
        assertEquals(ofTrack(events, false), ofTrack(recorded.events, false));
        assertEquals(Duration.ofSeconds(15), near.keepalive);
        client.close();
        loop.runDue();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(List.of("started", "closed: closed by us"), told);
        assertEquals(SessionState.CLOSED, near.state());
        assertEquals(0, counters.stats().open());
        assertTrue(counters.stats().receivedBytes() > 10_000);
    }

    @Test
    void tellsWhyItIsRefused() {
        TcClientConnection connection = new TcClientConnection(TcSettings.DEFAULTS, loop, () -> {});
        client(connection, "rtmp://box/live/townhall?key=wrong");
        connection.onSession(near);
        loop.runDue();
        assertEquals("refused: NetStream.Publish.Denied", told.get(0));
        loop.advanceMs(3_000);
        assertEquals(SessionState.CLOSED, far.state());
    }

    @Test
    void losesThePublisherWithItsSession() throws Exception {
        TcClientConnection connection = new TcClientConnection(TcSettings.DEFAULTS, loop, () -> {});
        client(connection, "rtmp://box/live/townhall");
        connection.onSession(near);
        loop.runDue();
        near.close();
        loop.runDue();
        assertEquals(EndReason.LOST, handler.next().end());
        assertEquals(List.of("started", "closed: the connection is closed"), told);
    }

    @Test
    void endsWithTheControlFlow() throws Exception {
        TcClientConnection connection = new TcClientConnection(TcSettings.DEFAULTS, loop, () -> {});
        client(connection, "rtmp://box/live/townhall");
        connection.onSession(near);
        loop.runDue();
        near.flows.get(0).close();
        loop.runDue();
        assertEquals(EndReason.LOST, handler.next().end());
        loop.advanceMs(3_000);
        assertEquals(SessionState.CLOSED, far.state());
    }

    @Test
    void closesWhoNeverConnects() {
        near.listener(new Silent());
        loop.advanceNs(RtmpSettings.DEFAULTS.connectTimeout().toNanos());
        assertEquals(SessionState.CLOSED, far.state());
        assertEquals(1, counters.stats().connectTimeouts());
    }

    @Test
    void answersPings() {
        Raw client = new Raw();
        client.send(new UserControl(UserControl.PING_REQUEST, Bytes.of(0, 0, 0, 9)));
        assertTrue(client.heard.contains(new UserControl(UserControl.PING_RESPONSE, Bytes.of(0, 0, 0, 9))));
    }

    @Test
    void closesWhoCommandsBeforeConnect() {
        Raw client = new Raw();
        client.send(new Command(0, "createStream", 1));
        assertTrue(client.heardCommand("onStatus"));
        loop.advanceMs(3_000);
        assertEquals(SessionState.CLOSED, far.state());
        assertEquals(1, counters.stats().connectionFaults().total());
    }

    @Test
    void dropsMalformedMessagesAndGoesOn() {
        Raw client = new Raw();
        client.control.write(Bytes.of(20, 0, 0, 0, 0, 0xFF));
        client.control.write(Bytes.of(4, 0, 0, 0, 0, 0, 34, 1));
        client.control.write(Bytes.of(20, 0));
        client.control.write(Bytes.EMPTY);
        client.send(new UserControl(UserControl.PING_REQUEST, Bytes.of(1)));
        assertTrue(client.heard.contains(new UserControl(UserControl.PING_RESPONSE, Bytes.of(1))));
        assertEquals(2, counters.stats().messageFaults().total());
    }

    @Test
    void rejectsFlowsThatBelongToNoConnection() {
        Raw client = new Raw();
        SendFlow second = near.openFlow(FlowMetadata.CONTROL.bytes(), Priority.FLASH, SendFlowListener.NONE);
        SendFlow foreign =
                near.openReturnFlow(client.farControl, Bytes.of('G', 'C', 0), Priority.FLASH, SendFlowListener.NONE);
        for (SendFlow flow : List.of(second, foreign)) {
            flow.write(Bytes.of(20));
        }
        loop.runDue();
        assertFalse(second.isOpen());
        assertFalse(foreign.isOpen());
        assertEquals(SessionState.OPEN, far.state());
    }

    @Test
    void readsNoFlowPastABarrierBeforeTheOthersAreThere() {
        Raw client = new Raw();
        SendFlow one = client.stream();
        SendFlow other = client.stream();
        one.write(TcMessage.write(RtmpMessages.write(TcUserControl.flowSync(7, 2))));
        one.write(ping(1));
        other.write(ping(2));
        loop.runDue();
        assertEquals(List.of(2), client.pongs());
        other.write(TcMessage.write(RtmpMessages.write(TcUserControl.flowSync(7, 2))));
        other.write(ping(3));
        loop.runDue();
        assertEquals(3, client.pongs().size());
        assertTrue(client.pongs().contains(1));
    }

    private static Bytes ping(int number) {
        return TcMessage.write(RtmpMessages.write(new UserControl(UserControl.PING_REQUEST, Bytes.of(number))));
    }

    private RtmpClientSession client(TcClientConnection connection, String url) {
        return new RtmpClientSession(
                RtmpClientSettings.DEFAULTS,
                new RtmpPublishLink(
                        RtmpUrl.parse(url), RtmpClientSettings.DEFAULTS.startTimeout(), loop, connection, listener));
    }

    private static List<MediaEvent> mediaEvents() {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media("avc-aac.flv").buffer());
        return events;
    }

    /** Flows keep the order of a track, not that between tracks. */
    private static List<MediaEvent> ofTrack(List<MediaEvent> events, boolean video) {
        return events.stream()
                .filter(event -> (event instanceof AccessUnit unit && unit.trackId() == trackId(events, video))
                        || (event instanceof TrackConfigured configured
                                && configured.track().isVideo() == video))
                .toList();
    }

    private static int trackId(List<MediaEvent> events, boolean video) {
        return events.stream()
                .filter(event -> event instanceof TrackConfigured configured
                        && configured.track().isVideo() == video)
                .map(event -> ((TrackConfigured) event).track().id())
                .findFirst()
                .orElseThrow();
    }

    private static final class Silent implements SessionListener {
        @Override
        public void onFlow(RecvFlow flow) {
            flow.reject(0);
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }

    /** A client that says what the test wants. */
    private final class Raw implements SessionListener {
        final SendFlow control = near.openFlow(FlowMetadata.CONTROL.bytes(), Priority.FLASH, SendFlowListener.NONE);
        final List<RtmpMessage> heard = new ArrayList<>();
        RecvFlow farControl;

        Raw() {
            near.listener(this);
            control.announce();
            loop.runDue();
            // The server's flow comes with its first word.
            send(new UserControl(UserControl.PING_REQUEST, Bytes.of(0)));
            heard.clear();
        }

        void send(RtmpMessage message) {
            control.write(TcMessage.write(RtmpMessages.write(message)));
            loop.runDue();
        }

        SendFlow stream() {
            return near.openReturnFlow(farControl, FlowMetadata.of(1).bytes(), Priority.ROUTINE, SendFlowListener.NONE);
        }

        boolean heardCommand(String name) {
            return heard.stream()
                    .anyMatch(message ->
                            message instanceof Command command && command.name().equals(name));
        }

        List<Integer> pongs() {
            return heard.stream()
                    .filter(message -> message instanceof UserControl)
                    .map(message -> ((UserControl) message).data().u8(0))
                    .toList();
        }

        @Override
        public void onFlow(RecvFlow flow) {
            farControl = flow;
            flow.accept(new RecvFlowListener() {
                @Override
                public void onMessage(Bytes message) {
                    RawMessage raw = TcMessage.read(message, 0).orElseThrow();
                    heard.add(RtmpMessages.read(raw));
                }
            });
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }
}
