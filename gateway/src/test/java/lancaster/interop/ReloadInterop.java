package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import lancaster.config.ReloadReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A running gateway reads its file again: those that it concerns change, the others never notice. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ReloadInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RELOADS = 100;
    private static final int MANY_STREAMS = 10;
    private static final int MANY_RELOADS = 2_000;

    @TempDir
    Path folder;

    @Test
    void aHundredReloadsLoseNoFrameOfAnUnchangedStream() throws Exception {
        unchangedStreamsGoOn(1, RELOADS);
    }

    @Tag("nightly")
    @Test
    void thousandsOfReloadsLoseNoFrameOfManyStreams() throws Exception {
        unchangedStreamsGoOn(MANY_STREAMS, MANY_RELOADS);
    }

    private void unchangedStreamsGoOn(int streams, int reloads) throws Exception {
        Path file = folder.resolve("lancaster.yaml");
        try (Listener listener = new Listener()) {
            Files.writeString(file, config(listener, streams, 0));
            try (TestGateway gateway = TestGateway.of(folder, file);
                    Publishers publishers = new Publishers()) {
                for (int i = 0; i < streams; i++) {
                    publishers.add(new TestPublisher(folder, gateway.rtmp("live/steady" + i)));
                }
                publishers.add(new TestPublisher(folder, gateway.rtmp("live/other")));
                Eventually.holds("segments", PATIENCE, () -> numbers(gateway).length >= 3);
                Eventually.holds("datagrams", PATIENCE, () -> listener.datagrams.get() > 0);
                Map<String, Long> dropped = dropped(gateway);
                for (int i = 1; i <= reloads; i++) {
                    Files.writeString(file, config(listener, streams, i));
                    ReloadReport report = gateway.reload();
                    assertTrue(report.toString().contains("live/other"), report::toString);
                    assertFalse(report.actions().toString().contains("steady"), report::toString);
                }
                long soFar = listener.datagrams.get();
                int segments = numbers(gateway).length;
                Eventually.holds(
                        "the stream goes on",
                        PATIENCE,
                        () -> listener.datagrams.get() > soFar + 50 && numbers(gateway).length > segments);
                assertEquals(0, listener.lost.get(), "datagrams lost");
                long[] numbers = numbers(gateway);
                assertEquals(numbers[0] + numbers.length - 1, numbers[numbers.length - 1]);
                String list = text(gateway, "live/steady0/ts/video.m3u8");
                assertFalse(list.contains("DISCONTINUITY\n") || list.contains("GAP"), list);
                assertEquals(dropped, dropped(gateway));
                for (JsonNode stream : steady(gateway)) {
                    assertUntouched(stream);
                }
            }
        }
    }

    private static List<JsonNode> steady(TestGateway gateway) throws Exception {
        List<JsonNode> steady = new ArrayList<>();
        for (JsonNode stream : new ObjectMapper()
                .readTree(gateway.get("api/v1/streams").body())
                .get("streams")) {
            if (stream.get("path").asText().contains("steady")) {
                steady.add(stream);
            }
        }
        return steady;
    }

    /** Access units left out of each track; sound that comes before the first picture is. */
    private static Map<String, Long> dropped(TestGateway gateway) throws Exception {
        Map<String, Long> dropped = new TreeMap<>();
        for (JsonNode stream : steady(gateway)) {
            for (JsonNode track : stream.get("tracks")) {
                dropped.put(
                        stream.get("path").asText() + " " + track.get("id").asText(),
                        track.get("dropped").asLong());
            }
        }
        return dropped;
    }

    private static void assertUntouched(JsonNode stream) {
        assertEquals(0, stream.get("timeline").get("publisherChanges").asInt(), stream::toString);
        assertEquals(0, stream.get("hls").get("restarts").asInt(), stream::toString);
        for (JsonNode output : stream.get("outputs")) {
            assertEquals(0, output.get("cuts").asInt(), stream::toString);
            assertEquals(0, output.get("gapAccessUnits").asInt(), stream::toString);
        }
    }

    /** Of the streams that stay, and of another that is changed in each way in turn. */
    private static String config(Listener listener, int streams, int round) {
        StringBuilder text = new StringBuilder("streams:\n");
        for (int i = 0; i < streams; i++) {
            String sent = i == 0 ? "{ address: \"" + listener.address() + "\", interface: lo }" : "none";
            text.append("  live/steady")
                    .append(i)
                    .append(": { key: none, hls: { segment: 1s, window: 200 }, multicast: ")
                    .append(sent)
                    .append(" }\n");
        }
        List<String> multicasts = List.of("none", "{ interface: lo }", "{ interface: lo, ttl: 2 }", "{ ttl: 3 }");
        List<String> hls = List.of("{ window: 5 }", "{ window: 9 }", "none");
        return text + "  live/other: { key: none, hls: " + hls.get(round % hls.size()) + ", multicast: "
                + multicasts.get(round % multicasts.size()) + ", linger: " + (1 + round % 50) + "s }\n";
    }

    @Test
    void aStreamThatIsTakenOutEndsAndOneThatIsPutInCanBePublished() throws Exception {
        Path file = folder.resolve("lancaster.yaml");
        Files.writeString(file, "streams:\n  live/a: { key: none }\n");
        try (TestGateway gateway = TestGateway.of(folder, file);
                TestPublisher a = new TestPublisher(folder, gateway.rtmp("live/a"))) {
            assertEquals("publishing", a.next());
            Files.writeString(file, "streams:\n  live/b: { key: none }\n");
            ReloadReport report = gateway.reload();
            assertEquals(
                    List.of("live/a: its publisher is turned away, the configuration lists it no longer"),
                    report.actions().stream()
                            .filter(action -> action.contains("publisher"))
                            .toList());
            assertEquals("failed", a.next());
            try (TestPublisher again = new TestPublisher(folder, gateway.rtmp("live/a"));
                    TestPublisher b = new TestPublisher(folder, gateway.rtmp("live/b"))) {
                assertEquals("NetStream.Publish.BadName", again.next());
                assertEquals("publishing", b.next());
            }
        }
    }

    @Test
    void hangingUpReloads() throws Exception {
        Path file = folder.resolve("lancaster.yaml");
        Files.writeString(file, "streams:\n  live/a: { key: none }\n");
        try (ChildGateway gateway = ChildGateway.of(folder, file)) {
            Files.writeString(file, "streams:\n  live/a: { key: none, linger: 3s }\n");
            new ProcessBuilder("kill", "-HUP", Long.toString(gateway.pid()))
                    .start()
                    .waitFor();
            Path log = folder.resolve("gateway.log");
            Eventually.holds("the reload is logged", PATIENCE, () -> Files.readString(log)
                    .contains("what=\"streams.live/a changed: linger (when it is published next)\""));
            Files.writeString(file, "streams: 1\n");
            new ProcessBuilder("kill", "-HUP", Long.toString(gateway.pid()))
                    .start()
                    .waitFor();
            Eventually.holds("the refusal is logged", PATIENCE, () -> Files.readString(log)
                    .contains("configuration refused error="));
            assertEquals(0, gateway.terminate());
        }
    }

    private static long[] numbers(TestGateway gateway) throws Exception {
        return Pattern.compile("(\\d+)\\.ts")
                .matcher(text(gateway, "live/steady0/ts/video.m3u8"))
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .toArray();
    }

    private static String text(TestGateway gateway, String path) throws Exception {
        return new String(gateway.get(path).body(), StandardCharsets.UTF_8);
    }

    /** Closed together. */
    private static final class Publishers implements AutoCloseable {
        private final List<TestPublisher> all = new ArrayList<>();

        void add(TestPublisher publisher) throws InterruptedException {
            all.add(publisher);
            assertEquals("publishing", publisher.next());
        }

        @Override
        public void close() {
            all.forEach(TestPublisher::close);
        }
    }

    /** Joins a group on loopback and counts what its RTP sequence numbers say is missing. */
    private static final class Listener implements AutoCloseable {
        private static final int RTP_BYTES = 1500;
        private static final int BUFFER_BYTES = 4 << 20;

        final AtomicLong datagrams = new AtomicLong();
        final AtomicLong lost = new AtomicLong();
        private final MulticastSocket socket;
        private final String group;

        Listener() throws IOException {
            java.util.Random random = new java.util.Random();
            group = "239.254." + (1 + random.nextInt(250)) + "." + (1 + random.nextInt(250));
            socket = bound(group);
            socket.setReceiveBufferSize(BUFFER_BYTES);
            socket.joinGroup(
                    new InetSocketAddress(InetAddress.getByName(group), socket.getLocalPort()),
                    NetworkInterface.getByName("lo"));
            Thread thread = new Thread(this::listen, "rtp-listener");
            thread.setDaemon(true);
            thread.start();
        }

        /** To a port that is even, as RTP's are, and free. */
        private static MulticastSocket bound(String group) throws IOException {
            while (true) {
                int port;
                try (DatagramSocket free = new DatagramSocket()) {
                    port = free.getLocalPort() & ~1;
                }
                try {
                    return new MulticastSocket(new InetSocketAddress(InetAddress.getByName(group), port));
                } catch (BindException e) {
                    // Somebody has it.
                }
            }
        }

        String address() {
            return group + ":" + socket.getLocalPort();
        }

        private void listen() {
            byte[] bytes = new byte[RTP_BYTES];
            int expected = -1;
            try {
                while (!socket.isClosed()) {
                    socket.receive(new DatagramPacket(bytes, bytes.length));
                    int sequence = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
                    if (expected >= 0) {
                        lost.addAndGet((sequence - expected) & 0xffff);
                    }
                    expected = (sequence + 1) & 0xffff;
                    datagrams.incrementAndGet();
                }
            } catch (IOException e) {
                // Closed.
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
