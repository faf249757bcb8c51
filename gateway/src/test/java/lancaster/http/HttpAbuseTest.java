package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are broken or hostile cost themselves a connection, in bounded time, and nobody else anything. */
class HttpAbuseTest {
    private static final int MAX_CONNECTIONS = 20;
    private static final HttpSettings IMPATIENT = new HttpSettings(
            MAX_CONNECTIONS, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), List.of());
    /** What is promised after one second must have happened by then, on a busy machine too. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private ServedStream stream;

    @BeforeEach
    void serve() throws IOException {
        stream = new ServedStream(folder, IMPATIENT).run(8);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        assertEquals(200, stream.get("/healthz").statusCode(), "the server lives");
        stream.close();
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void garbageClosesItsConnection(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] garbage = new byte[random.nextInt(1, 5_000)];
        random.nextBytes(garbage);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(garbage);
            assertTrue(drain(socket) < 2_000, "bytes of answers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /healthz HTTP/1.1\r\nHost: a\r\nX: "})
    void whoNeverEndsARequestIsCutOff(String start) throws IOException {
        try (Socket socket = connect()) {
            write(socket, start);
            assertTrue(drain(socket) < 2_000, "bytes of answers");
        }
    }

    @Test
    void headsAreBounded() throws IOException {
        try (Socket socket = connect()) {
            String head = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000) + "\r\n\r\n";
            writeWhatItTakes(socket, head);
            assertTrue(drain(socket) < 2_000, "bytes of answers");
        }
    }

    @Test
    void bodiesAreBounded() throws IOException {
        try (Socket socket = connect()) {
            String head = "GET /live/townhall.m3u8 HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999999\r\n\r\n";
            writeWhatItTakes(socket, head + "x".repeat(1_000_000));
            assertTrue(drain(socket) < 4_000, "bytes of answers");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/townhall/ts/2.ts", "/live/townhall/ts/video.m3u8", "/ui/hls.js"})
    void whoAsksAndDoesntReadIsCutOff(String path) throws Exception {
        try (Socket lazy = connect()) {
            String requests = ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").repeat(1_000);
            CompletableFuture<Void> cutOff = CompletableFuture.runAsync(() -> askUntilCutOff(lazy, requests));
            assertEquals(200, stream.get("/live/townhall.m3u8").statusCode(), "others are served meanwhile");
            cutOff.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void connectionsAreBounded() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * MAX_CONNECTIONS; i++) {
                sockets.add(connect());
            }
            for (Socket socket : sockets) {
                assertTimeoutPreemptively(PATIENCE, () -> drain(socket));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), stream.server.address().getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** Reads to the end of the connection; how many bytes came. */
    private static int drain(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (java.net.SocketException e) {
            return 0;
        }
    }

    private static void askUntilCutOff(Socket socket, String requests) {
        try {
            while (true) {
                write(socket, requests);
            }
        } catch (IOException e) {
            // At last.
        }
    }

    /** A server that has seen enough doesn't read the rest. */
    private static void writeWhatItTakes(Socket socket, String text) {
        try {
            write(socket, text);
        } catch (IOException e) {
            // It was closed by the other side, as it should be.
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
