package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.kit.Requirement;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * RTMFP with programs by others, on loopback. They are not of this house: the environment says where they were built, and
 * without it the tests are skipped, whatever else is required.
 *
 * <ul>
 *   <li>{@code LANCASTER_RTMFP_CPP}: the folder with {@code tcpublish} and {@code tcserver} of zenomt/rtmfp-cpp (0917f42).
 *       As they come they require HMAC and sequence numbers. {@code tcpublish -4} published here: all pictures came.
 *       {@code tcserver -B} took a stream from here and played pictures of it back. By hand, {@code tcconn -4} connected
 *       to a gateway. {@code tcpublish} gives up what is older than its {@code -V} and {@code -A}, and with {@code -E} it
 *       keeps the group of pictures before the last.
 *   <li>{@code LANCASTER_LIBRTMFP}: the folder with {@code TestClient} and the library of MonaSolutions/librtmfp (787eb39),
 *       which decrypts with OpenSSL 3 only once its padding is switched off. {@code TestClient --write} published here:
 *       all pictures came. It reads the options of a flow in one order only, drops packets without a timestamp, and calls
 *       {@code createStream} as one that wants no answer, but waits for it.
 *   <li>{@code LANCASTER_MONA}: the folder with {@code MonaServer} of MonaSolutions/MonaServer (8180130), beside those of
 *       its libraries. It decrypts with OpenSSL 3 only once its padding is switched off in every object that includes its
 *       {@code RTMFP.h}: else it says "Bad RTMFP CRC" of everybody's packets. It took a stream from here and played it
 *       back, and played to us what librtmfp published there. It knows neither {@code releaseStream} nor {@code FCPublish}
 *       and doesn't mind, plays without HMAC and sequence numbers, and says of a stream's end that it is unpublished. As a
 *       client of RTMFP it doesn't serve.
 * </ul>
 */
@Tag("interop")
@Timeout(120)
class ForeignPeersInterop {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Path MEDIA =
            Path.of("src/test/resources/media/avc-aac.flv").toAbsolutePath();

    @TempDir
    Path folder;

    private final Loops loops = Loops.start(1);
    private final ExecutorService crypto = Executors.newFixedThreadPool(2);
    private final FakePublishHandler handler = new FakePublishHandler();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        crypto.shutdownNow();
        loops.close();
    }

    @Test
    void strictPublisherOfRtmfpCppPublishesHere() throws Exception {
        Path peer = Requirement.peer("LANCASTER_RTMFP_CPP", "tcpublish");
        try (RtmfpServer server = server()) {
            start(
                    Map.of(),
                    peer.toString(),
                    "-4",
                    "-E",
                    "-V",
                    "60",
                    "-A",
                    "60",
                    url(server, "") + "#townhall",
                    MEDIA.toString());
            Recorded recorded = handler.next();
            var unused = recorded.end();
            // What waits for too long on a busy machine it gives up.
            assertTrue(units(recorded.events, true) > units(events(), true) * 4 / 5);
            assertTrue(units(recorded.events, false) > 0);
        }
    }

    @Test
    void librtmfpPublishesHere() throws Exception {
        Path peer = Requirement.peer("LANCASTER_LIBRTMFP", "TestClient/TestClient");
        try (RtmfpServer server = server()) {
            start(librtmfp(), peer.toString(), "--url=" + url(server, "/townhall"), "--write", "--mediaFile=" + MEDIA);
            assertTakesAllPictures(handler.next());
        }
    }

    @Test
    void strictServerOfRtmfpCppTakesOurStreamAndPlaysItBack() throws Exception {
        Path peer = Requirement.peer("LANCASTER_RTMFP_CPP", "tcserver");
        int port = freePort();
        start(Map.of(), peer.toString(), "-B", "127.0.0.1:" + port);
        assertTakesOurStreamAndPlaysItBack(port);
    }

    @Test
    void monaServerTakesOurStreamAndPlaysItBack() throws Exception {
        int port = freePort();
        startMona(port);
        assertTakesOurStreamAndPlaysItBack(port);
    }

    /** So that what fails with us can be told from what fails with it. */
    @Test
    void monaServerTakesTheStreamOfLibrtmfpAndPlaysItToUs() throws Exception {
        Path peer = Requirement.peer("LANCASTER_LIBRTMFP", "TestClient/TestClient");
        int port = freePort();
        startMona(port);
        String url = "rtmfp://127.0.0.1:" + port + "/live/townhall";
        CountDownLatch played = new CountDownLatch(20);
        Told playing = new Told();
        RtmfpPlayer player = play(RtmpUrl.parse(url), playing, played);
        playing.started.get(60, TimeUnit.SECONDS);
        start(librtmfp(), peer.toString(), "--url=" + url, "--write", "--mediaFile=" + MEDIA);
        assertTrue(played.await(60, TimeUnit.SECONDS), "the stream is not played");
        player.loop().execute(player::close);
    }

    private RtmfpPlayer play(RtmpUrl url, Told playing, CountDownLatch played) {
        return RtmfpPlayer.play(
                url, Duration.ofSeconds(60), loops, loops.publish(), crypto, playing, tag -> count(tag, played));
    }

    private void assertTakesOurStreamAndPlaysItBack(int port) throws Exception {
        RtmpUrl url = RtmpUrl.parse("rtmfp://127.0.0.1:" + port + "/live/townhall");
        Told published = new Told();
        RtmfpClient client = RtmfpClient.publish(url, RtmpClientSettings.DEFAULTS, loops, crypto, published);
        published.started.get(60, TimeUnit.SECONDS);
        CountDownLatch played = new CountDownLatch(20);
        Told playing = new Told();
        RtmfpPlayer player = play(url, playing, played);
        playing.started.get(60, TimeUnit.SECONDS);
        List<MediaEvent> events = events();
        client.loop().execute(() -> events.forEach(client::send));
        assertTrue(played.await(60, TimeUnit.SECONDS), "the stream is not played back");
        player.loop().execute(player::close);
        client.loop().execute(client::close);
    }

    private static void count(FlvMessage tag, CountDownLatch latch) {
        if (tag.type() == FlvMessage.VIDEO) {
            latch.countDown();
        }
    }

    private static void assertTakesAllPictures(Recorded recorded) throws Exception {
        var unused = recorded.end();
        assertEquals("live/townhall", recorded.request.path().toString());
        assertEquals(units(events(), true), units(recorded.events, true));
        assertTrue(units(recorded.events, false) > 0);
    }

    /** How many pictures, or sounds. */
    private static long units(List<MediaEvent> events, boolean video) {
        return events.stream()
                .filter(event -> event instanceof AccessUnit unit && (unit.trackId() == 0) == video)
                .count();
    }

    private static List<MediaEvent> events() throws IOException {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(java.nio.ByteBuffer.wrap(Files.readAllBytes(MEDIA)));
        return events;
    }

    private RtmfpServer server() throws IOException {
        return RtmfpServer.start(
                ANY,
                RtmfpServerSettings.DEFAULTS,
                loops.transport(),
                loops.rtmfp(),
                FlashIdentity.generate(FlashSettings.SERVER, new SecureRandom()),
                crypto,
                new RtmfpServer.House(handler, Optional.empty(), Admission.EVERYBODY, PeerNames.NONE, crypto));
    }

    private static String url(RtmfpServer server, String path) {
        return "rtmfp://127.0.0.1:" + server.address().getPort() + "/live" + path;
    }

    private void start(Map<String, String> environment, String... command) throws IOException {
        File log = folder.resolve("peer.log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(environment);
        processes.add(builder.start());
    }

    private static Map<String, String> librtmfp() {
        return Map.of(
                "LD_LIBRARY_PATH",
                Requirement.peers("LANCASTER_LIBRTMFP").resolve("lib").toString());
    }

    /** It reads its configuration beside itself, and serves what has a folder there. */
    private void startMona(int port) throws IOException {
        Path program = Requirement.peer("LANCASTER_MONA", "MonaServer");
        Path copy = Files.copy(program, folder.resolve("MonaServer"));
        Files.createDirectories(folder.resolve("www/live"));
        Files.writeString(
                folder.resolve("MonaServer.ini"),
                "[RTMFP]\nhost=127.0.0.1\nport=" + port + "\n[RTMP]\nport=0\n[HTTP]\nport=0\n[RTSP]\nport=0\n");
        Path home = Requirement.peers("LANCASTER_MONA").resolveSibling("MonaCore");
        String libraries = home.resolve("lib") + File.pathSeparator + home.resolveSibling("MonaBase/lib");
        start(Map.of("LD_LIBRARY_PATH", libraries), copy.toString());
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(ANY)) {
            return socket.getLocalPort();
        }
    }

    private static final class Told implements RtmpClientListener {
        final CompletableFuture<Boolean> started = new CompletableFuture<>();

        @Override
        public void onStarted() {
            started.complete(true);
        }

        @Override
        public void onClosed(String why) {
            started.completeExceptionally(new IOException(why));
        }
    }
}
