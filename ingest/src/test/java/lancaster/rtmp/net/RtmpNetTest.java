package lancaster.rtmp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.kit.NettyLeaks;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.net.ListenException;
import lancaster.net.Loops;
import lancaster.net.Transport;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpSettings;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client and server on real sockets, on both transports. */
@ExtendWith(NettyLeaks.class)
class RtmpNetTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final FakePublishHandler handler = new FakePublishHandler();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Waits for what a client is told. */
    private static final class RecordedListener implements RtmpClientListener {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public void onStarted() {
            told.add("started");
        }

        @Override
        public void onStatus(StatusReport status) {
            told.add(status.toString());
        }

        @Override
        public void onClosed(String why) {
            told.add("closed: " + why);
        }

        String next() throws InterruptedException {
            return String.valueOf(told.poll(60, TimeUnit.SECONDS));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientPublishesToServer(Transport transport) throws Exception {
        Loops loops = loops(transport);
        RtmpServer server = server(loops, RtmpSettings.DEFAULTS);
        RecordedListener listener = new RecordedListener();
        RtmpClient client = publish(server, loops, "live/townhall?key=SECRET", listener);
        List<MediaEvent> events = mediaEvents();
        client.loop().execute(() -> events.forEach(client::send));
        assertEquals("started", listener.next());
        client.loop().execute(client::close);
        Recorded recorded = handler.next();
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(units(events), units(recorded.events));
        assertEquals("closed: closed by us", listener.next());
    }

    @Test
    void refusalsReachTheClient() throws Exception {
        Loops loops = loops(Transport.best());
        RtmpServer server = server(loops, RtmpSettings.DEFAULTS);
        RecordedListener listener = new RecordedListener();
        publish(server, loops, "live/townhall?key=wrong", listener);
        assertEquals("closed: NetStream.Publish.Denied: the key is wrong", listener.next());
    }

    @Test
    void kicksReachTheClientThoughItGoesOnSending() throws Exception {
        Loops loops = loops(Transport.best());
        RtmpServer server = server(loops, RtmpSettings.DEFAULTS);
        RecordedListener listener = new RecordedListener();
        RtmpClient client = publish(server, loops, "live/townhall", listener);
        assertEquals("started", listener.next());
        Recorded recorded = handler.next();
        List<MediaEvent> events = mediaEvents();
        for (int i = 0; i < 20; i++) {
            client.loop().execute(() -> events.forEach(client::send));
        }
        recorded.request.control().close(new CloseReason(CloseReason.Kind.KICKED, "kicked by hand"));
        for (int i = 0; i < 20; i++) {
            client.loop().execute(() -> events.forEach(client::send));
        }
        assertEquals("NetStream.Unpublish.Success: kicked by hand", listener.next());
        assertEquals("NetConnection.Connect.Closed: kicked by hand", listener.next());
        assertTrue(listener.next().startsWith("closed: "));
        assertEquals(EndReason.CLOSED, recorded.end());
    }

    @Test
    void closingTheServerLosesItsPublishers() throws Exception {
        Loops loops = loops(Transport.best());
        RtmpServer server = server(loops, RtmpSettings.DEFAULTS);
        RecordedListener listener = new RecordedListener();
        publish(server, loops, "live/townhall", listener);
        assertEquals("started", listener.next());
        server.close();
        assertEquals(EndReason.LOST, handler.next().end());
        assertEquals("closed: the server closed the connection", listener.next());
        assertEquals(0, server.stats().open());
    }

    @Test
    void clientsThatCannotConnectSaySo() throws Exception {
        Loops loops = loops(Transport.best());
        RtmpServer server = server(loops, RtmpSettings.DEFAULTS);
        server.close();
        RecordedListener listener = new RecordedListener();
        publish(server, loops, "live/townhall", listener);
        String told = listener.next();
        assertTrue(told.startsWith("closed: can't connect"), told);
    }

    @ParameterizedTest
    @EnumSource
    void aPortInUseIsNamedWithItsOwner(Transport transport) throws Exception {
        Loops loops = loops(transport);
        InetSocketAddress taken = server(loops, RtmpSettings.DEFAULTS).address();
        ListenException e = assertThrows(
                ListenException.class, () -> RtmpServer.start(taken, RtmpSettings.DEFAULTS, loops, handler));
        String said = String.valueOf(e.getMessage());
        assertTrue(said.contains(":" + taken.getPort()), said);
        assertTrue(said.contains("process " + ProcessHandle.current().pid()), said);
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnce() throws Exception {
        RtmpSettings two = new RtmpSettings(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 2, ChunkLimits.MEDIA);
        RtmpServer server = server(loops(Transport.best()), two);
        Socket first = socket(server);
        first.getOutputStream().write(3);
        socket(server).getOutputStream().write(3);
        CountDownLatch open = new CountDownLatch(1);
        while (server.stats().open() < 2 && !open.await(1, TimeUnit.MILLISECONDS)) {
            // The loop accepts in its own time.
        }
        assertEquals(-1, socket(server).getInputStream().read());
        assertEquals(1, server.stats().turnedAway());
        first.close();
        while (server.stats().open() > 1 && !open.await(1, TimeUnit.MILLISECONDS)) {
            // And it closes in its own time.
        }
        Socket later = socket(server);
        later.setSoTimeout(100);
        assertThrows(java.net.SocketTimeoutException.class, () -> later.getInputStream()
                .read());
    }

    private Loops loops(Transport transport) {
        Loops loops = Loops.start(2, transport);
        opened.add(loops);
        return loops;
    }

    private RtmpServer server(Loops loops, RtmpSettings settings) throws IOException {
        RtmpServer server = RtmpServer.start(ANY_PORT, settings, loops, handler);
        opened.add(server);
        return server;
    }

    private RtmpClient publish(RtmpServer server, Loops loops, String path, RtmpClientListener listener)
            throws IOException {
        RtmpUrl url = RtmpUrl.parse("rtmp://127.0.0.1:" + server.address().getPort() + "/" + path);
        RtmpClient client = RtmpClient.publish(url, RtmpClientSettings.DEFAULTS, loops, listener);
        opened.add(() -> client.loop().execute(client::close));
        return client;
    }

    private Socket socket(RtmpServer server) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        opened.add(socket);
        return socket;
    }

    private static List<MediaEvent> mediaEvents() {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media("avc-aac.flv").buffer());
        return events;
    }

    private static List<MediaEvent> units(List<MediaEvent> events) {
        return events.stream().filter(AccessUnit.class::isInstance).toList();
    }
}
