package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
 *       {@code tcserver -B} took a stream from here and played pictures of it back, too when {@code redirector} had sent
 *       us there. By hand, {@code tcconn -4} connected
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
    private static final Path MEDIA = Neighbourhood.MEDIA;

    @TempDir
    Path folder;

    private Neighbourhood house;

    @BeforeEach
    void begin() {
        house = new Neighbourhood(folder);
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    @Test
    void strictPublisherOfRtmfpCppPublishesHere() throws Exception {
        RtmfpServer server = house.server();
        house.rtmfpCpp("tcpublish", "-4", "-E", "-V", "60", "-A", "60", url(server) + "#townhall", MEDIA.toString());
        Recorded recorded = house.handler().next();
        var unused = recorded.end();
        // What waits for too long on a busy machine it gives up.
        assertTrue(units(recorded.events, true) > units(events(), true) * 4 / 5);
        assertTrue(units(recorded.events, false) > 0);
    }

    @Test
    void librtmfpPublishesHere() throws Exception {
        RtmfpServer server = house.server();
        house.testClient(server.address().getPort(), "townhall", "--write", "--mediaFile=" + MEDIA);
        Recorded recorded = house.handler().next();
        var unused = recorded.end();
        assertEquals("live/townhall", recorded.request.path().toString());
        assertEquals(units(events(), true), units(recorded.events, true));
        assertTrue(units(recorded.events, false) > 0);
    }

    @Test
    void strictServerOfRtmfpCppTakesOurStreamAndPlaysItBack() throws Exception {
        int port = Neighbourhood.freePort();
        house.rtmfpCpp("tcserver", "-B", "127.0.0.1:" + port);
        assertTakesOurStreamAndPlaysItBack(port);
    }

    @Test
    void theRedirectorOfRtmfpCppSendsUsToItsServer() throws Exception {
        int port = Neighbourhood.freePort();
        String redirector = "127.0.0.1:" + port;
        house.rtmfpCpp("redirector", "-B", redirector, "-n", "front", "-l", "box:secret", "-v");
        String server = "127.0.0.1:" + Neighbourhood.freePort();
        house.rtmfpCpp("tcserver", "-B", server, "-L", "front@" + redirector, "-l", "box:secret", "-d", server, "-D");
        assertTakesOurStreamAndPlaysItBack(port);
    }

    @Test
    void monaServerTakesOurStreamAndPlaysItBack() throws Exception {
        int port = Neighbourhood.freePort();
        house.mona(port, "");
        assertTakesOurStreamAndPlaysItBack(port);
    }

    /** So that what fails with us can be told from what fails with it. */
    @Test
    void monaServerTakesTheStreamOfLibrtmfpAndPlaysItToUs() throws Exception {
        int port = Neighbourhood.freePort();
        house.mona(port, "");
        CountDownLatch played = new CountDownLatch(20);
        Told playing = new Told();
        RtmfpPlayer player = play(RtmpUrl.parse("rtmfp://127.0.0.1:" + port + "/live/townhall"), playing, played);
        playing.started.get(60, TimeUnit.SECONDS);
        house.testClient(port, "townhall", "--write", "--mediaFile=" + MEDIA);
        assertTrue(played.await(60, TimeUnit.SECONDS), "the stream is not played");
        player.loop().execute(player::close);
    }

    private RtmfpPlayer play(RtmpUrl url, Told playing, CountDownLatch played) {
        return RtmfpPlayer.play(
                url,
                Duration.ofSeconds(60),
                house.loops(),
                house.loops().publish(),
                house.crypto(),
                playing,
                tag -> count(tag, played));
    }

    private void assertTakesOurStreamAndPlaysItBack(int port) throws Exception {
        RtmpUrl url = RtmpUrl.parse("rtmfp://127.0.0.1:" + port + "/live/townhall");
        Told published = new Told();
        RtmfpClient client =
                RtmfpClient.publish(url, RtmpClientSettings.DEFAULTS, house.loops(), house.crypto(), published);
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

    private static String url(RtmfpServer server) {
        return "rtmfp://127.0.0.1:" + server.address().getPort() + "/live";
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
