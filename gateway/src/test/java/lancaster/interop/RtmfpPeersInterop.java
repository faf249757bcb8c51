package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Ffmpeg;
import lancaster.kit.LoggedProgram;
import lancaster.kit.Requirement;
import lancaster.kit.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Clients by others that play from a gateway over RTMFP. The environment says where they were built, and without it the
 * tests are skipped, whatever else is required.
 *
 * <ul>
 *   <li>{@code LANCASTER_RTMFP_CPP}: the folder with {@code tcrelay} of zenomt/rtmfp-cpp (0917f42). With {@code -i rtmp -o
 *       rtmfp} it is a client that requires HMAC and sequence numbers, for whoever speaks RTMP to it: ffmpeg played
 *       through it without a complaint. {@code tcconn}, strict too, was told NetStream.Play.Reset and Start, onMetaData, and
 *       at the end UnpublishNotify and Stop; its address changed twice while it played.
 *   <li>{@code LANCASTER_LIBRTMFP}: the folder with {@code TestClient} and the library of MonaSolutions/librtmfp (787eb39).
 *       {@code TestClient --asyncread} wrote a file of H.264 and AAC.
 * </ul>
 *
 * What they do when they publish, and what servers by others do, is tested beside the server's and the client's classes.
 */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class RtmfpPeersInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long COPIED_BYTES = 100_000;
    private static final int FRAMES = 20;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private TestGateway gateway;
    private TestPublisher publisher;

    @BeforeEach
    void publish() throws Exception {
        gateway = new TestGateway(folder, "streams.\"live/*\".key=none", "streams.\"live/*\".linger=1s");
        publisher = new TestPublisher(folder, gateway.rtmp("live/film"));
        assertEquals("publishing", publisher.next());
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        publisher.close();
        gateway.close();
    }

    @Test
    void strictRtmfpCppPlays() throws Exception {
        Path relay = Requirement.peer("LANCASTER_RTMFP_CPP", "tcrelay");
        int port = freePort();
        List<String> command = List.of(relay.toString(), "-i", "rtmp", "-o", "rtmfp", "-B", "127.0.0.1:" + port);
        start(command, "127.0.0.1", Integer.toString(gateway.port("rtmfp")));
        Eventually.holds("it listens", PATIENCE, () -> !isFree(port));
        new Reader(
                        folder,
                        "ffmpeg",
                        List.of("-rw_timeout", "20000000", "-i", "rtmp://127.0.0.1:" + port + "/live/film"),
                        8)
                .assertClean(2);
    }

    @Test
    void librtmfpPlays() throws Exception {
        Path client = Requirement.peer("LANCASTER_LIBRTMFP", "TestClient/TestClient");
        Path copy = folder.resolve("copy.flv");
        String url = "rtmfp://127.0.0.1:" + gateway.port("rtmfp") + "/live/film";
        Process process =
                start(List.of(client.toString()), "--url=" + url, "--asyncread", "--mediaFile=" + copy.toString());
        Eventually.holds("seconds of it", PATIENCE, () -> Files.exists(copy) && Files.size(copy) > COPIED_BYTES);
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        String codecs = Ffmpeg.ffprobe("-show_entries", "stream=codec_name", "-of", "csv=p=0", copy.toString())
                .text();
        assertTrue(codecs.contains("h264") && codecs.contains("aac"), codecs);
    }

    /** It says all that it is told, and where it is changes meanwhile. */
    @Test
    void strictRtmfpCppIsToldHowAStreamBeginsAndEndsAndMovesMeanwhile() throws Exception {
        Path client = Requirement.peer("LANCASTER_RTMFP_CPP", "tcconn");
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port("rtmfp"));
        try (UdpRelay translator = new UdpRelay(server);
                LoggedProgram player = LoggedProgram.start(
                        folder.resolve("tcconn.log"),
                        Map.of(),
                        List.of(
                                client.toString(),
                                "-4",
                                "rtmfp://127.0.0.1:" + translator.address().getPort() + "/live#film"))) {
            player.await("NetStream.Play.Reset");
            player.await("NetStream.Play.Start");
            player.await("onMetaData");
            for (int moves = 0; moves < 2; moves++) {
                player.await("onAudio", 1 + (int) player.count("onAudio") + FRAMES);
                player.await("onVideo", 1 + (int) player.count("onVideo") + FRAMES);
                translator.move();
            }
            player.await("onVideo", 1 + (int) player.count("onVideo") + FRAMES);
            publisher.close();
            player.await("NetStream.Play.UnpublishNotify");
            player.await("NetStream.Play.Stop");
            assertEquals(1, player.count("transport open"));
        }
    }

    private Process start(List<String> command, String... more) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("peer.log").toFile());
        String librtmfp = System.getenv("LANCASTER_LIBRTMFP");
        if (librtmfp != null) {
            builder.environment()
                    .put("LD_LIBRARY_PATH", Path.of(librtmfp, "lib").toString());
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
