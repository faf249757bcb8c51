package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real encoders publish, one after the other dies and comes back, a real player reads both formats all the
 * while, and the strict checker looks at every list and segment.
 */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class EncodersInterop {
    private static final int READ_S = 60;
    private static final int SOAK_S = 420;
    private static final int SEGMENTS_A_LIFE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Three encoders at once, which take a minute and little else. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void playersReadOnThroughAReconnect(int first) throws Exception {
        List<Encoder> encoders = List.of(Encoder.values()).subList(first, first + 3);
        ExecutorService threads = Executors.newFixedThreadPool(encoders.size());
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (Encoder encoder : encoders) {
                runs.add(threads.submit(() -> {
                    readThroughAReconnect(encoder);
                    return encoder;
                }));
            }
            assertAll(runs.stream().map(run -> run::get));
        } finally {
            threads.shutdownNow();
        }
    }

    private static void readThroughAReconnect(Encoder encoder) throws Exception {
        String path = "live/" + encoder;
        Process first = encoder.start(folder.resolve(encoder + "-1.log"), gateway.rtmp(path));
        Process second = first;
        try {
            LiveCheck checkTs = new LiveCheck(gateway, path + ".m3u8", "ts");
            LiveCheck checkFmp4 = new LiveCheck(gateway, path + ".m3u8", "fmp4");
            await(path + "/ts/" + playlist(encoder), "#EXTINF", 3);
            Reader ts = reader(encoder, "ts", READ_S);
            Reader fmp4 = reader(encoder, "fmp4", READ_S);
            int listed = segments(path + "/ts/" + playlist(encoder));
            await(path + "/ts/" + playlist(encoder), "#EXTINF", listed + 3);
            first.destroyForcibly().waitFor();
            second = encoder.start(folder.resolve(encoder + "-2.log"), gateway.rtmp(path));
            await(path + "/ts/" + playlist(encoder), "#EXT-X-DISCONTINUITY\n", 1);
            int tracks = encoder.toString().endsWith("ONLY") ? 1 : 2;
            ts.assertClean(tracks);
            fmp4.assertClean(tracks);
            checkTs.assertClean(8);
            checkFmp4.assertClean(8);
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
    }

    /** An encoder that dies every half minute, over and over. */
    @Tag("nightly")
    @Test
    void playersReadOnThroughManyReconnects() throws Exception {
        Encoder encoder = Encoder.FFMPEG_B_FRAMES;
        String path = "live/" + encoder;
        String list = path + "/ts/" + playlist(encoder);
        Process process = encoder.start(folder.resolve("soak.log"), gateway.rtmp(path));
        try {
            LiveCheck checkTs = new LiveCheck(gateway, path + ".m3u8", "ts");
            LiveCheck checkFmp4 = new LiveCheck(gateway, path + ".m3u8", "fmp4");
            await(list, "#EXTINF", 3);
            Reader ts = reader(encoder, "ts", SOAK_S);
            Reader fmp4 = reader(encoder, "fmp4", SOAK_S);
            long next = last(list) + SEGMENTS_A_LIFE;
            while (ts.isRunning()) {
                long wanted = next;
                Eventually.holds("segment " + wanted, PATIENCE, () -> !ts.isRunning() || last(list) >= wanted);
                process.destroyForcibly().waitFor();
                process = encoder.start(folder.resolve("soak.log"), gateway.rtmp(path));
                next = last(list) + SEGMENTS_A_LIFE;
            }
            checkTs.assertClean(SOAK_S / 5);
            checkFmp4.assertClean(SOAK_S / 5);
            ts.assertClean(2);
            fmp4.assertClean(2);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The number of the newest segment. */
    private static long last(String list) throws Exception {
        String[] lines = new String(gateway.get(list).body(), StandardCharsets.UTF_8).split("\n", -1);
        long last = -1;
        for (String line : lines) {
            last = line.endsWith(".ts") ? Long.parseLong(line.substring(0, line.length() - 3)) : last;
        }
        return last;
    }

    private static Reader reader(Encoder encoder, String format, int seconds) {
        String address = "live/" + encoder + ".m3u8?format=" + format;
        return new Reader(folder, encoder + "-" + format, gateway.http(address), seconds);
    }

    private static String playlist(Encoder encoder) {
        return encoder == Encoder.FFMPEG_AUDIO_ONLY ? "audio.m3u8" : "video.m3u8";
    }

    private static void await(String list, String line, int times) throws Exception {
        Eventually.holds(times + " times " + line + " in " + list, PATIENCE, () -> count(list, line) >= times);
    }

    private static int segments(String list) throws Exception {
        return count(list, "#EXTINF");
    }

    private static int count(String list, String line) throws Exception {
        String text = new String(gateway.get(list).body(), StandardCharsets.UTF_8);
        return text.split(line, -1).length - 1;
    }
}
