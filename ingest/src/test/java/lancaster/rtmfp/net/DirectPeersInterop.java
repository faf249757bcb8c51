package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.kit.Requirement;
import lancaster.net.Loops;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.crypto.Protection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams from peer to peer with programs by others, on loopback. The environment says where they were built, and without
 * it the tests are skipped, whatever else is required. Seen with JDK 17 and OpenSSL 3:
 *
 * <ul>
 *   <li>{@code LANCASTER_LIBRTMFP}: the folder with {@code TestClient} and the library of MonaSolutions/librtmfp (787eb39),
 *       its padding switched off. {@code TestClient --asyncread --peerId=ID}, introduced by our server, plays what we
 *       publish: all pictures are in the file that it writes. {@code TestClient --p2pWrite}, introduced by our server,
 *       publishes for us: all pictures come. Its status reports lack the null before the information object; it names
 *       streams by 2 000 000 and a number of one byte, and takes only those; it publishes as fast as it reads and closes
 *       its sessions without a word.
 *   <li>{@code LANCASTER_RTMFP_CPP}: the folder with {@code tcserver} of zenomt/rtmfp-cpp (0917f42). {@code tcserver -B} as
 *       it comes, which requires HMAC and sequence numbers, introduces two of ours that require them too, and one plays
 *       all that the other publishes. Its programs don't play from peers themselves.
 * </ul>
 */
@Tag("interop")
@Timeout(120)
class DirectPeersInterop {
    private static final Path MEDIA =
            Path.of("src/test/resources/media/avc-aac.flv").toAbsolutePath();
    private static final Pattern PEER_ID = Pattern.compile("Peer ID : \\s*([0-9a-f]{64})");
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final Loops loops = Loops.start(1);
    private final ExecutorService crypto = Executors.newFixedThreadPool(2);
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
    void librtmfpPlaysFromUs() throws Exception {
        Path played = folder.resolve("played.flv");
        try (RtmfpServer server = DirectConnectionsTest.server(loops, crypto);
                LoopbackClient publisher = new LoopbackClient(loops, crypto)) {
            publisher.connect(server.address().getPort());
            List<FlvMessage> tags = DirectConnectionsTest.tags();
            publisher.publish("camera", tags);
            Process client = testClient(server, "--asyncread", "--peerId=" + publisher.id(), "--mediaFile=" + played);
            publisher.await("NetStream.Connect.Success");
            publisher.await("NetStream.Connect.Closed");
            interrupt(client);
            List<FlvMessage> written = new ArrayList<>();
            new FlvFileReader(written::add).read(ByteBuffer.wrap(Files.readAllBytes(played)));
            assertEquals(
                    payloads(DirectConnectionsTest.of(tags, FlvMessage.VIDEO)),
                    payloads(DirectConnectionsTest.of(written, FlvMessage.VIDEO)),
                    this::log);
            assertTrue(DirectConnectionsTest.of(written, FlvMessage.AUDIO).size() > 10, this::log);
        }
    }

    @Test
    void wePlayFromLibrtmfp() throws Exception {
        try (RtmfpServer server = DirectConnectionsTest.server(loops, crypto);
                LoopbackClient viewer = new LoopbackClient(loops, crypto)) {
            viewer.connect(server.address().getPort());
            Process client = testClient(server, "--p2pWrite", "--mediaFile=" + MEDIA);
            PeerId publisher = awaitPeerId(client);
            LoopbackPlay play = new LoopbackPlay();
            viewer.on(its -> its.peerStream(publisher, play).play("camera"));
            viewer.await("NetStream.Connect.Success");
            List<String> codes = play.codes();
            assertTrue(codes.contains("NetStream.Play.Start"), () -> codes + log());
            List<String> sent = payloads(DirectConnectionsTest.of(DirectConnectionsTest.tags(), FlvMessage.VIDEO));
            List<String> came = payloads(play.media(FlvMessage.VIDEO));
            // It may leave before the last ones are sent again.
            assertTrue(came.size() > sent.size() - 3, () -> came.size() + " came of " + sent.size() + log());
            assertEquals(sent.subList(0, came.size()), came);
        }
    }

    @Test
    void theServerOfRtmfpCppIntroducesUs() throws Exception {
        Path program = Requirement.peer("LANCASTER_RTMFP_CPP", "tcserver");
        int port = freePort();
        start(new ProcessBuilder(program.toString(), "-B", "127.0.0.1:" + port));
        FlashSettings strict =
                FlashSettings.PEER.withHmac(Protection.REQUIRED, 16).withSequenceNumbers(Protection.REQUIRED);
        try (LoopbackClient publisher = new LoopbackClient(loops, crypto, strict);
                LoopbackClient viewer = new LoopbackClient(loops, crypto, strict)) {
            publisher.connect(port);
            viewer.connect(port);
            List<FlvMessage> tags = DirectConnectionsTest.tags();
            publisher.publish("camera", tags);
            LoopbackPlay play = new LoopbackPlay();
            viewer.on(its -> its.peerStream(publisher.id(), play).play("camera"));
            assertTrue(play.codes().contains("NetStream.Play.Start"));
            assertEquals(DirectConnectionsTest.of(tags, FlvMessage.VIDEO), play.media(FlvMessage.VIDEO));
        }
    }

    private Process testClient(RtmfpServer server, String... options) throws IOException {
        Path program = Requirement.peer("LANCASTER_LIBRTMFP", "TestClient/TestClient");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--url=rtmfp://127.0.0.1:" + server.address().getPort() + "/live/camera",
                "--log=8",
                "--logfile=" + folder.resolve("peer.log")));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("LD_LIBRARY_PATH", program.resolve("../../lib").normalize().toString());
        return start(builder);
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** It ends in order, and writes what it has. */
    private void interrupt(Process process) throws Exception {
        process.destroy();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), this::log);
    }

    /** It says who it is once it knows. */
    private PeerId awaitPeerId(Process process) throws Exception {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            Matcher matcher = PEER_ID.matcher(log());
            if (matcher.find()) {
                return PeerId.parse(matcher.group(1));
            }
            assertTrue(!process.waitFor(100, TimeUnit.MILLISECONDS), this::log);
        }
        throw new AssertionError("it doesn't say who it is: " + log());
    }

    private String log() {
        try {
            Path log = folder.resolve("peer.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> payloads(List<FlvMessage> messages) {
        return messages.stream().map(message -> message.payload().toString()).toList();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
