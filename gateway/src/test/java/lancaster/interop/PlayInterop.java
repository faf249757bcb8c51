package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.access.viewing.SignedAddress;
import lancaster.kit.DecodedFile;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Foreign players, nginx and another Lancaster that play over RTMP. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
@Order(4)
class PlayInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long COPIED_BYTES = 200_000;
    private static final String SECRET = "a secret of at least thirty-two letters";

    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static Process encoder;

    @BeforeAll
    static void start() throws Exception {
        Path file = folder.resolve("lancaster.yaml");
        Files.writeString(
                file,
                "streams:\n  live/closed: { key: none, viewing: { secret: \"" + SECRET
                        + "\" }, hls: { segment: 1s } }\n  \"live/*\": { key: none, hls: { segment: 1s, window: 100 } }\n");
        gateway = TestGateway.of(folder, file);
        encoder = Encoder.FFMPEG_B_FRAMES.start(folder.resolve("encoder.log"), gateway.rtmp("live/main"));
        Eventually.holds(
                "it is on air", PATIENCE, () -> gateway.get("live/main.m3u8").statusCode() == 200);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        encoder.destroyForcibly().waitFor();
        gateway.close();
    }

    @Test
    void ffmpegPlaysAndHasNothingToComplainOf() throws Exception {
        new Reader(folder, "ffmpeg", List.of("-rw_timeout", "20000000", "-i", gateway.rtmp("live/main")), 6)
                .assertClean(2);
    }

    @Test
    void ffmpegPlaysOnAcrossTheEncodersReconnect() throws Exception {
        PublishedCard card = new PublishedCard(gateway, "live/card");
        Reader reader =
                new Reader(folder, "again", List.of("-rw_timeout", "30000000", "-i", gateway.rtmp("live/card")), 12);
        Eventually.holds("somebody plays", PATIENCE, () -> players("live/card") == 1);
        card.close();
        try (PublishedCard again = new PublishedCard(gateway, "live/card")) {
            reader.assertClean(2);
            assertEquals("live/card", again.path());
        }
    }

    @Test
    void ffmpegWaitsForAStreamThatComesLater() throws Exception {
        Reader reader =
                new Reader(folder, "later", List.of("-rw_timeout", "30000000", "-i", gateway.rtmp("live/later")), 3);
        Eventually.holds("it waits", PATIENCE, () -> text("metrics").contains("lancaster_rtmp_plays_total"));
        try (PublishedCard card = new PublishedCard(gateway, "live/later")) {
            reader.assertClean(2);
            assertEquals("live/later", card.path());
        }
    }

    @Test
    void soundAloneIsPlayed() throws Exception {
        Process sound = Encoder.FFMPEG_AUDIO_ONLY.start(folder.resolve("sound.log"), gateway.rtmp("live/sound"));
        try {
            new Reader(folder, "listener", List.of("-rw_timeout", "30000000", "-i", gateway.rtmp("live/sound")), 4)
                    .assertClean(1);
        } finally {
            sound.destroyForcibly().waitFor();
        }
    }

    @Test
    void librtmpPlays() throws Exception {
        Path copy = folder.resolve("rtmpdump.flv");
        String program = Requirement.program("rtmpdump").toString();
        List<String> command =
                List.of(program, "--quiet", "--live", "--rtmp", gateway.rtmp("live/main"), "--flv", copy.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            Eventually.holds("seconds of it", PATIENCE, () -> Files.exists(copy) && Files.size(copy) > COPIED_BYTES);
            // It ends its file in good order.
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(2, DecodedFile.of(copy).packets().size());
    }

    @Test
    void gstreamerPlays() throws Exception {
        for (String source : List.of("rtmp2src", "rtmpsrc")) {
            Path copy = folder.resolve(source + ".flv");
            String location = gateway.rtmp("live/main") + (source.equals("rtmpsrc") ? " live=1" : "");
            run(
                    source,
                    List.of(
                            Requirement.program("gst-launch-1.0").toString(),
                            "-q",
                            source,
                            "location=" + location,
                            "num-buffers=300",
                            "!",
                            "filesink",
                            "location=" + copy));
            assertEquals(2, packets(copy), source);
        }
    }

    @Test
    void vlcPlays() throws Exception {
        Path copy = folder.resolve("vlc.ts");
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // It refuses to run as root.
            command.addAll(List.of("unshare", "--user", "--map-user=1000"));
        }
        command.addAll(List.of(Requirement.program("cvlc").toString(), "-I", "dummy", "--run-time=6"));
        command.addAll(List.of("--sout", "#std{access=file,mux=ts,dst=" + copy + "}"));
        command.addAll(List.of(gateway.rtmp("live/main"), "vlc://quit"));
        run("vlc", command);
        assertEquals(2, packets(copy));
    }

    @Test
    void nginxPullsAndServesIt() throws Exception {
        try (NginxServer nginx = new NginxServer(folder, "pull " + gateway.rtmp("live") + " live=1;")) {
            new Reader(folder, "nginx", List.of("-rw_timeout", "30000000", "-i", nginx.url("live/main")), 4)
                    .assertClean(2);
        }
    }

    @Test
    void whoMayNotWatchIsToldSoAndWhoSignsMay() throws Exception {
        try (PublishedCard card = new PublishedCard(gateway, "live/closed")) {
            Ffmpeg.Result refused = Ffmpeg.ffprobe("-rw_timeout", "10000000", gateway.rtmp("live/closed"));
            assertTrue(refused.exitCode() != 0);
            assertTrue(refused.err().contains("needs a token"), refused::err);
            String query = SignedAddress.query(
                    SECRET, StreamPath.parse(card.path()), Instant.now().getEpochSecond() + 600);
            new Reader(
                            folder,
                            "signed",
                            List.of("-rw_timeout", "30000000", "-i", gateway.rtmp("live/closed") + "?" + query),
                            2)
                    .assertClean(2);
            // One rule for all formats; a player has the signature from the first list only.
            String list = gateway.http("live/closed.m3u8").toString();
            assertTrue(Ffmpeg.ffprobe(list).err().contains("403"));
            Eventually.holds(
                    "the list is there",
                    PATIENCE,
                    () -> gateway.get("live/closed.m3u8?" + query).statusCode() == 200);
            new Reader(folder, "signed-hls", List.of("-i", list + "?" + query), 2).assertClean(2);
        }
    }

    private static int players(String path) throws Exception {
        String line = "lancaster_stream_rtmp_players{stream=\"" + path + "\"}";
        return text("metrics")
                .lines()
                .filter(one -> one.startsWith(line))
                .mapToInt(one -> (int) Double.parseDouble(one.substring(line.length())))
                .sum();
    }

    private static String text(String path) throws Exception {
        return new String(gateway.get(path).body(), StandardCharsets.UTF_8);
    }

    /** The kinds of packets in a file that ends anywhere. */
    private static long packets(Path file) {
        return Ffmpeg.ffprobe("-show_entries", "packet=stream_index", "-of", "csv=p=0", file.toString())
                .text()
                .lines()
                .map(line -> line.split(",", -1)[0].strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .count();
    }

    private static void run(String name, List<String> command) throws Exception {
        Path log = folder.resolve(name + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> name + " ends");
        } finally {
            process.destroyForcibly();
        }
    }
}
