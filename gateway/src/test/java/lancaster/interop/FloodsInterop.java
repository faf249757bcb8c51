package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.access.LocalToken;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Encoders that send as fast as they can, and players that read slowly or not at all, on a gateway of little memory in a
 * process of its own; ffmpeg that publishes in time and ffmpeg that reads that notice nothing of them.
 */
@Tag("interop")
@Tag("nightly")
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@Order(5)
class FloodsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READ_S = 6;
    private static final int FLOODERS = 3;
    /** A heap of 256 MiB, its code, buffers and threads. */
    private static final long RESIDENT_BYTES = 700L << 20;
    /** Of 25 a second; times of FLV are milliseconds. */
    private static final double PICTURE_S = 0.041;

    private static final String STEADY = "live/steady";
    /** Whose bytes a sleeper doesn't take. */
    private static final String HEAVY = "live/heavy";

    @TempDir
    static Path folder;

    private static ChildGateway gateway;
    private static Process encoder;
    private static Path film;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        gateway = ChildGateway.small(folder, "streams.\"*/*\".key=none");
        encoder = Encoder.FFMPEG_NO_B_FRAMES.start(folder.resolve("encoder.log"), gateway.rtmp(STEADY));
        film = folder.resolve("film.flv");
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-f", "lavfi", "-i"));
        // Noise, so that it has all of its 8 Mbit/s and soon fills what the kernels of both ends keep.
        arguments.addAll(List.of(
                "testsrc2=size=640x360:rate=25,noise=alls=60:allf=t", "-f", "lavfi", "-i", "sine=sample_rate=48000"));
        arguments.addAll(List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"));
        arguments.addAll(List.of("-b:v", "8M", "-c:a", "aac", "-t", "4", film.toString()));
        Process maker = Ffmpeg.startFfmpeg(folder.resolve("maker.log"), arguments);
        assertTrue(maker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, maker.exitValue(), () -> "see maker.log");
        Eventually.holds("it is on air", PATIENCE, () -> status(STEADY + ".m3u8") == 200);
    }

    @AfterEach
    void livesOnWithinItsBounds() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        assertTrue(encoder.isAlive(), "the encoder goes on");
        assertEquals(0, counted("lancaster_rtmp_failures_total"), "mistakes of ours");
        String log = Files.readString(folder.resolve("gateway.log"));
        assertFalse(log.contains(" ERROR ") || log.contains("OutOfMemory"), log);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        encoder.destroyForcibly().waitFor();
        gateway.close();
    }

    @Test
    void encodersThatSendAsFastAsTheyCanDisturbNobody() throws Exception {
        Bystander bystander = new Bystander("flood");
        double before = counted("lancaster_rtmp_received_bytes_total");
        for (int i = 0; i < FLOODERS; i++) {
            publish("flood" + i, "live/flood" + i, List.of());
        }
        bystander.assertUndisturbed();
        double mebibytes = (counted("lancaster_rtmp_received_bytes_total") - before) / (1 << 20);
        assertTrue(mebibytes > 20, mebibytes + " MiB came, which is no flood");
    }

    @Test
    void playersThatReadSlowlyOrStopDisturbNobody() throws Exception {
        publish("heavy", HEAVY, List.of("-re"));
        Eventually.holds("it is on air", PATIENCE, () -> status(HEAVY + ".m3u8") == 200);
        Process dump = start("rtmpdump", "--quiet", "--live", "--rtmp", gateway.rtmp(HEAVY), "--flv", "/dev/null");
        Process ffmpeg = Ffmpeg.startFfmpeg(
                folder.resolve("sleeper.log"),
                List.of("-v", "error", "-i", gateway.rtmp(HEAVY), "-c", "copy", "-f", "null", "-"));
        processes.add(ffmpeg);
        Eventually.holds("both play", PATIENCE, () -> players() == 2);
        double cuts = cuts();
        for (Process sleeper : List.of(dump, ffmpeg)) {
            stop(sleeper);
        }
        for (int i = 0; i < 20; i++) {
            for (String path : List.of(HEAVY + ".flv", HEAVY + ".ts")) {
                start("curl", "--silent", "--limit-rate", "20k", "--output", "/dev/null", gateway.http(path));
            }
        }
        new Bystander("slow").assertUndisturbed();
        Eventually.holds("who stopped is cut", PATIENCE, () -> cuts() > cuts);
        assertEquals(2, players(), "neither is turned away for it");
    }

    /** A player that goes on beside it all; it notices each picture that is missing. */
    private static final class Bystander {
        private final Reader hls;
        private final Reader rtmp;

        Bystander(String name) {
            hls = new Reader(folder, name + "-hls", URI.create(gateway.http(STEADY + ".m3u8?format=fmp4")), READ_S);
            List<String> input = List.of("-rw_timeout", "20000000", "-i", gateway.rtmp(STEADY));
            rtmp = new Reader(folder, name + "-rtmp", input, READ_S);
        }

        void assertUndisturbed() throws Exception {
            long most = 0;
            while (hls.isRunning() || rtmp.isRunning()) {
                most = Math.max(most, gateway.residentBytes());
                TimeUnit.MILLISECONDS.sleep(100);
            }
            for (Reader reader : List.of(hls, rtmp)) {
                reader.assertClean(2);
                assertTrue(reader.longestStepS() < PICTURE_S, reader.longestStepS() + " s between two of a track");
            }
            assertTrue(most < RESIDENT_BYTES, most + " bytes resident");
        }
    }

    private static void stop(Process process) throws Exception {
        String pid = Long.toString(process.pid());
        assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).start().waitFor());
    }

    /** Behind whoever else wants the processors, or the machine is what is flooded. */
    private void publish(String name, String path, List<String> pace) throws Exception {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "10"));
        command.addAll(List.of(Ffmpeg.program("ffmpeg").toString(), "-nostdin", "-v", "error"));
        command.addAll(pace);
        command.addAll(List.of("-stream_loop", "-1", "-i", film.toString(), "-c", "copy", "-f", "flv"));
        command.add(gateway.rtmp(path));
        processes.add(Ffmpeg.environment(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private Process start(String program, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program(program).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    private static double players() throws Exception {
        return counted("lancaster_stream_rtmp_players{stream=\"live/heavy\"}");
    }

    private static double cuts() throws Exception {
        return counted("lancaster_stream_rtmp_cuts_total{stream=\"live/heavy\"}");
    }

    private static double counted(String prefix) throws Exception {
        return ask("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static int status(String path) throws Exception {
        return ask(path).statusCode();
    }

    private static HttpResponse<String> ask(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.http(path)))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + LocalToken.read(folder.resolve("state/access")))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
