package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events as browsers get them. */
class EventsHttpTest {
    private static final Duration STALL = Duration.ofSeconds(1);
    /** What is promised after one second must have happened by then, on a busy machine too. */
    private static final int PATIENCE_S = 20;

    private static final HttpSettings IMPATIENT =
            new HttpSettings(100, Duration.ofSeconds(10), Duration.ofSeconds(10), STALL, List.of());

    @TempDir
    Path folder;

    private ServedStream stream;

    @BeforeEach
    void serve() throws IOException {
        stream = new ServedStream(folder, IMPATIENT).run(4);
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
    }

    private BufferedReader follow(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stream.uri("/api/v1/events")).header("Authorization", stream.authorization());
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertEquals(
                "text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
        BufferedReader reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        assertEquals(List.of("retry: 2000"), event(reader));
        return reader;
    }

    /** The lines of the next event; blocks until it comes. */
    private static List<String> event(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void whatHappensIsTold() throws IOException, InterruptedException {
        stream.watch.look();
        try (BufferedReader reader = follow()) {
            stream.end();
            stream.loop.advanceMs(2_000);
            stream.watch.look();
            List<String> waiting = event(reader);
            assertEquals("event: stream", waiting.get(1));
            assertTrue(waiting.get(2).endsWith("\"stream\":\"live/townhall\",\"state\":\"waiting\"}"), waiting.get(2));
            stream.loop.advanceMs(60_000);
            stream.watch.look();
            List<String> over = List.of(event(reader).get(2), event(reader).get(2));
            assertTrue(over.get(0).endsWith("\"state\":\"ended\"}"), over.toString());
            try (BufferedReader again = follow("Last-Event-ID", waiting.get(0).substring(4))) {
                assertEquals(over, List.of(event(again).get(2), event(again).get(2)));
            }
        }
    }

    @Test
    void targetsThatFailAreTold() throws IOException, InterruptedException {
        stream.watch.look();
        try (BufferedReader reader = follow()) {
            stream.targetState = "waiting";
            stream.watch.look();
            List<String> failed = event(reader);
            assertEquals("event: republisher", failed.get(1));
            assertTrue(
                    failed.get(2)
                            .endsWith("\"stream\":\"live/townhall\",\"target\":\"rtmp://far/live/a\","
                                    + "\"state\":\"waiting\",\"reason\":\"waiting…\"}"),
                    failed.get(2));
        }
    }

    @Test
    void whoDoesntReadIsCutOff() throws Exception {
        try (Socket lazy = new Socket(
                InetAddress.getLoopbackAddress(), stream.server.address().getPort())) {
            lazy.setReceiveBufferSize(4_096);
            lazy.getOutputStream()
                    .write(("GET /api/v1/events?after=x HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                    + stream.authorization() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String much = "x".repeat(7_000);
            for (int i = 0; i < 1_000; i++) {
                stream.events.tell("flood", json -> json.writeStringField("text", much));
            }
            // Others are told meanwhile.
            try (BufferedReader reader = follow()) {
                stream.events.tell("done", json -> {});
                assertEquals("event: done", event(reader).get(1));
            }
            CompletableFuture.runAsync(() -> writeUntilCutOff(lazy)).get(PATIENCE_S, TimeUnit.SECONDS);
        }
    }

    private static void writeUntilCutOff(Socket socket) {
        try {
            while (true) {
                socket.getOutputStream().write(new byte[1_000]);
            }
        } catch (IOException e) {
            // At last.
        }
    }
}
