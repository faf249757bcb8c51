package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What foreign encoders show their users when they are turned away or thrown out. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
@Order(4)
class RefusalsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(
                folder,
                "streams.\"locked/*\".key=hunter2",
                "streams.\"reject/*\".key=none",
                "streams.\"reject/*\".on-second-publisher=reject");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** The words that each has for it. */
    @ParameterizedTest
    @CsvSource({
        "FFMPEG_NO_B_FRAMES, the key is wrong",
        "GSTREAMER, NetStream.Publish.Denied",
        "LIBRTMP, Could not connect to RTMP stream"
    })
    void aWrongKeyIsShown(Encoder encoder, String words) throws Exception {
        Path log = folder.resolve("key-" + encoder + ".log");
        Process process = encoder.start(log, gateway.rtmp("locked/a?key=wrong"));
        assertEndsSaying(process, log, words);
        assertEquals(404, gateway.get("locked/a.m3u8").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "FFMPEG_NO_B_FRAMES, Server error",
        "GSTREAMER, NetStream.Publish.BadName",
        "LIBRTMP, Could not connect to RTMP stream"
    })
    void aNameThatIsTakenIsShown(Encoder encoder, String words) throws Exception {
        String path = "reject/" + encoder;
        try (TestPublisher first = new TestPublisher(folder, gateway.rtmp(path))) {
            assertEquals("publishing", first.next());
            awaitLive(path);
            Path log = folder.resolve("taken-" + encoder + ".log");
            assertEndsSaying(encoder.start(log, gateway.rtmp(path)), log, words);
            assertLive(path);
        }
    }

    /** A publisher that is stopped can't say that it is gone; its name is free after five seconds of silence. */
    @Test
    void theNameOfASilentPublisherIsFreeForFfmpeg() throws Exception {
        Process silent = Encoder.FFMPEG_VIDEO_ONLY.start(folder.resolve("silent.log"), gateway.rtmp("reject/silent"));
        Process next = silent;
        try {
            awaitLive("reject/silent");
            signal("STOP", silent);
            long stoppedNs = System.nanoTime();
            Path log = folder.resolve("next.log");
            do {
                next = Encoder.FFMPEG_NO_B_FRAMES.start(log, gateway.rtmp("reject/silent"));
            } while (next.waitFor(3, TimeUnit.SECONDS) && System.nanoTime() - stoppedNs < PATIENCE.toNanos());
            assertTrue(next.isAlive(), () -> "it is refused still: " + log);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stoppedNs);
            assertTrue(seconds >= 5 && seconds < 20, "free after " + seconds + " s");
        } finally {
            silent.destroyForcibly();
            next.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FFMPEG_NO_B_FRAMES", "GSTREAMER", "LIBRTMP"})
    void whoIsTakenOverFromEnds(Encoder encoder) throws Exception {
        String path = "live/over-" + encoder;
        Path log = folder.resolve("over-" + encoder + ".log");
        Process first = encoder.start(log, gateway.rtmp(path));
        Path secondLog = folder.resolve("over-" + encoder + "-2.log");
        Process second = first;
        try {
            awaitLive(path);
            second = Encoder.FFMPEG_VIDEO_ONLY.start(secondLog, gateway.rtmp(path));
            assertTrue(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "it goes on: " + log);
            assertNotEquals(0, first.exitValue());
            assertToldWhy(encoder, log, "a newer publisher took over");
            assertLive(path);
            assertTrue(second.isAlive());
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FFMPEG_NO_B_FRAMES", "GSTREAMER", "LIBRTMP"})
    void whoIsDismissedEnds(Encoder encoder) throws Exception {
        String path = "live/kicked-" + encoder;
        Path log = folder.resolve("kicked-" + encoder + ".log");
        Process process = encoder.start(log, gateway.rtmp(path));
        try {
            awaitLive(path);
            assertEquals(
                    204,
                    gateway.send("DELETE", "api/v1/streams/" + path + "/publication")
                            .statusCode());
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "it goes on: " + log);
            assertNotEquals(0, process.exitValue());
            assertToldWhy(encoder, log, "closed by the operator");
        } finally {
            process.destroyForcibly();
        }
    }

    /** The others have no words for what a server says while they publish: they only see the end. */
    private static void assertToldWhy(Encoder encoder, Path log, String why) throws Exception {
        String status = "\"code\": \"NetConnection.Connect.Closed\", \"description\": \"" + why;
        assertEquals(encoder == Encoder.GSTREAMER, Files.readString(log).contains(status));
    }

    @ParameterizedTest
    @CsvSource({"-c:v libx265 -x265-params log-level=none, HEVC", "-c:v flv, Sorenson H.263", "-c:a libopus, Opus"})
    void aCodecThatWeDontTakeIsNamed(String codec, String name) throws Exception {
        publishIn(codec, name);
    }

    /** Those of FLV since Flash, and those of Enhanced RTMP. The first picture of AV1 comes late. */
    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({
        "-c:v libaom-av1 -cpu-used 8, AV1",
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8, VP9",
        "-c:v flashsv, Screen video",
        "-c:a libmp3lame, MP3",
        "-c:a ac3, AC-3",
        "-c:a eac3, E-AC-3",
        "-c:a flac -strict -2, FLAC",
        "-c:a libspeex -ac 1 -ar 16000, Speex",
        "-c:a pcm_s16le -ar 44100, linear PCM",
        "-c:a adpcm_swf -ar 44100, ADPCM",
        "-c:a nellymoser -ac 1 -ar 16000, Nellymoser",
        "-c:a pcm_alaw -ac 1 -ar 8000, G.711 A-law",
        "-c:a pcm_mulaw -ac 1 -ar 8000, G.711 mu-law"
    })
    void noCodecThatWeDontTakeIsTakenForAnother(String codec, String name) throws Exception {
        publishIn(codec, name);
    }

    private static void publishIn(String codec, String name) throws Exception {
        String path = "live/codec-" + name.replaceAll("[^A-Za-z0-9]", "");
        Path log = folder.resolve(path.substring(5) + ".log");
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-re", "-f", "lavfi", "-i"));
        arguments.add(codec.startsWith("-c:v") ? "testsrc2=size=320x180:rate=25" : "sine=sample_rate=48000");
        arguments.addAll(List.of(codec.split(" ", -1)));
        arguments.addAll(List.of("-t", "20", "-f", "flv", gateway.rtmp(path)));
        assertEndsSaying(Ffmpeg.startFfmpeg(log, arguments), log, name + " is not supported: send H.264 video and AAC");
    }

    /** nginx sends on what it gets, in chunks of its own, and comes back when it was dismissed. */
    @Test
    void nginxPushesAndComesBack() throws Exception {
        Requirement.program("nginx");
        String target = gateway.rtmp("locked/pushed?key=hunter2");
        try (NginxServer nginx =
                new NginxServer(folder, "push " + target + " playpath=pushed?key=hunter2; push_reconnect 1s;")) {
            Process encoder = Encoder.FFMPEG_B_FRAMES.start(folder.resolve("nginx.log"), nginx.url("live/anything"));
            try {
                awaitLive("locked/pushed");
                // It may begin in the middle of a group of pictures, and tells of each track with its first access
                // unit.
                assertEquals(List.of("audio", "video"), tracks(gateway.rtmp("locked/pushed")));
                assertEquals(
                        List.of("audio", "video"),
                        tracks(gateway.http("locked/pushed.m3u8").toString()));
                assertBeganOnce("locked/pushed");
                assertEquals(
                        204,
                        gateway.send("DELETE", "api/v1/streams/locked/pushed/publication")
                                .statusCode());
                Eventually.holds("it is out", PATIENCE, () -> publications("locked/pushed") == 0);
                Eventually.holds("it is back", PATIENCE, () -> publications("locked/pushed") == 1);
            } finally {
                encoder.destroyForcibly();
            }
        }
    }

    /** What a player finds that comes at once. */
    private static List<String> tracks(String url) {
        String found = Ffmpeg.ffprobe(
                        "-rw_timeout", "30000000", "-show_entries", "stream=codec_type", "-of", "csv=p=0", url)
                .text();
        return found.lines().filter(line -> !line.isBlank()).distinct().sorted().toList();
    }

    private static void assertBeganOnce(String path) throws Exception {
        String stream = text("api/v1/streams/" + path);
        assertTrue(stream.contains("\"discontinuitySequence\":0"), stream);
    }

    private static int publications(String path) throws Exception {
        return text("api/v1/publications").split('"' + path + '"', -1).length - 1;
    }

    private static void assertEndsSaying(Process process, Path log, String words) throws Exception {
        try {
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "it goes on: " + log);
            assertNotEquals(0, process.exitValue());
            String said = Files.readString(log);
            assertTrue(said.contains(words), said);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertLive(String path) throws Exception {
        assertEquals(1, publications(path), path);
    }

    private static void awaitLive(String path) throws Exception {
        Eventually.holds(path + " has media", PATIENCE, () -> {
            return text("api/v1/streams").contains('"' + path + '"')
                    && gateway.get(path + ".m3u8").statusCode() == 200;
        });
    }

    private static String text(String path) throws Exception {
        return new String(gateway.get(path).body(), StandardCharsets.UTF_8);
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
