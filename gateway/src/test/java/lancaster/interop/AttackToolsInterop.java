package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.access.LocalToken;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import lancaster.tls.Certificates;
import lancaster.tls.TlsFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scanners, fuzzers and stallers that others wrote, all at once on a gateway in a process of its own, while ffmpeg
 * publishes and ffmpeg reads: no picture is lost, the process stays below its bound, and nothing in its log is an error.
 */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
@Order(5)
class AttackToolsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int READ_S = 10;
    /** A heap of 256 MiB, its code, buffers and threads. */
    private static final long RESIDENT_BYTES = 700L << 20;
    /** Of 25 a second; times of FLV are milliseconds. */
    private static final double PICTURE_S = 0.041;

    private static final String STEADY = "live/steady";
    private static final String HANDSHAKE_BYTES = "3073-";

    @TempDir
    static Path folder;

    private static ChildGateway gateway;
    private static Process encoder;

    @BeforeAll
    static void start() throws Exception {
        TlsFiles files = Certificates.make(folder, "box", "ec");
        gateway = ChildGateway.small(
                folder,
                "tls.certificate=" + files.certificate(),
                "tls.key=file:" + files.key(),
                "https.listen=127.0.0.1:0",
                "rtmps.listen=127.0.0.1:0",
                "streams.\"*/*\".key=none",
                "streams.\"*/*\".hls.segment=2s");
        encoder = Encoder.FFMPEG_NO_B_FRAMES.start(folder.resolve("encoder.log"), gateway.rtmp(STEADY));
        Eventually.holds("it is on air", PATIENCE, () -> status(STEADY + ".m3u8") == 200);
    }

    @AfterEach
    void livesOnWithinItsBounds() throws Exception {
        assertTrue(encoder.isAlive(), "the encoder goes on");
        assertEquals(200, status("healthz"));
        assertEquals(0, counted("failures"), "mistakes of ours");
        long residentBytes = gateway.residentBytes();
        assertTrue(residentBytes < RESIDENT_BYTES, residentBytes + " bytes resident");
        String log = Files.readString(folder.resolve("gateway.log"));
        assertFalse(log.contains(" ERROR ") || log.contains("OutOfMemory"), log);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        encoder.destroyForcibly().waitFor();
        gateway.close();
    }

    @Tag("nightly")
    @Test
    void nmapAsksEveryPortWhatItIs() throws Exception {
        nmap("--version-light");
    }

    @Tag("nightly")
    @Test
    void nmapAsksEveryPortWithAllItsProbes() throws Exception {
        nmap("--version-all");
    }

    private static void nmap(String intensity) throws Exception {
        String ports = String.join(
                ",", gateway.port("rtmp"), gateway.port("http"), gateway.port("https"), gateway.port("rtmps"));
        String nmap = Requirement.program("nmap").toString();
        Bystander bystander = new Bystander("nmap" + intensity);
        String said = run("nmap", List.of(nmap, "-Pn", "-n", "-sT", "-sV", intensity, "-p", ports, "127.0.0.1"));
        assertEquals(4, Pattern.compile("/tcp +open").split(said, -1).length - 1, said);
        bystander.assertUndisturbed();
    }

    /** H: headers, B: bodies, X: reading; each connection as slow as it can be. */
    @Tag("nightly")
    @ParameterizedTest
    @CsvSource("X, ui/hls.js")
    void slowhttptestStalls(String mode, String path) throws Exception {
        stall(mode, path, 600, 300, 6);
    }

    /** Longer than any time-out, so that all but those it makes anew are closed. */
    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({"H, live/steady.m3u8", "B, api/v1/login", "X, ui/hls.js"})
    void slowhttptestStallsWithThousands(String mode, String path) throws Exception {
        stall(mode, path, 3_000, 300, 60);
    }

    /** @param rate connections a second: of more the machine would have its fill, however slowly they read */
    private static void stall(String mode, String path, int connections, int rate, int seconds) throws Exception {
        String program = Requirement.program("slowhttptest").toString();
        Bystander bystander = new Bystander("stall" + mode + seconds);
        List<String> command = new ArrayList<>(List.of(program, "-" + mode, "-u", gateway.http(path)));
        command.addAll(List.of("-c", "" + connections, "-r", "" + rate, "-l", "" + seconds));
        // A probe that waits this long finds the service unavailable.
        command.addAll(List.of("-i", "2", "-p", "5", "-k", "2"));
        String said = run("slow" + mode + seconds, command).replaceAll("\u001b\\[[0-9;]*m", "");
        assertTrue(said.contains("service available:   YES"), said);
        assertFalse(said.contains("service available:   NO"), said);
        bystander.assertUndisturbed();
    }

    /** What ffmpeg sends, with bits turned: handshake and all, or behind the handshake only. */
    @Test
    void zzufTurnsBitsOfWhatEncodersSend() throws Exception {
        fuzzPublishers(48, 1);
    }

    @Tag("nightly")
    @Test
    void zzufTurnsBitsOfWhatEncodersSendForLong() throws Exception {
        fuzzPublishers(3_000, 10_001);
    }

    private static void fuzzPublishers(int runs, int firstSeed) throws Exception {
        Requirement.program("zzuf");
        Path sent = record(firstSeed);
        Bystander bystander = new Bystander("zzuf" + runs);
        List<String> ratios = List.of("0.00002", "0.0002", "0.002", "0.02");
        for (int i = 0; i < runs; i++) {
            List<String> options = new ArrayList<>(List.of("-s", "" + (firstSeed + i), "-r", ratios.get(i / 2 % 4)));
            if (i % 2 == 0) {
                options.addAll(List.of("-b", HANDSHAKE_BYTES));
            }
            exchange(gateway.port("rtmp"), zzuf(sent, options));
        }
        // Who hangs up at once may be gone before he is counted; the first of them is who was recorded.
        String came = "publisher came path=live/fuzzed" + firstSeed;
        String log = Files.readString(folder.resolve("gateway.log"));
        assertTrue(log.indexOf(came) < log.lastIndexOf(came), "some are hurt so little that they publish");
        Eventually.holds("some so much that they are cut off", PATIENCE, () -> counted("connection_faults") > 0);
        bystander.assertUndisturbed();
    }

    /** ffmpeg reads a damaged file and publishes what it makes of it. */
    @Test
    void zzufTurnsBitsOfWhatFfmpegReads() throws Exception {
        Path zzuf = Requirement.program("zzuf");
        Path film = folder.resolve("film.flv");
        ffmpeg(List.of("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-t", "4", film.toString()));
        Bystander bystander = new Bystander("zzuf-film");
        for (int seed = 1; seed <= 10; seed++) {
            List<String> command = new ArrayList<>(List.of(zzuf.toString(), "-c", "-s", "" + seed, "-r", "0.0005"));
            command.addAll(List.of("-M", "-1", Ffmpeg.program("ffmpeg").toString(), "-v", "quiet", "-nostdin"));
            command.addAll(List.of("-i", film.toString(), "-c", "copy", "-f", "flv", gateway.rtmp("live/damaged")));
            Process process = Ffmpeg.environment(new ProcessBuilder(command))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("damaged.log").toFile())
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        bystander.assertUndisturbed();
    }

    @Test
    void zzufTurnsBitsOfRequests() throws Exception {
        Requirement.program("zzuf");
        Path request = Files.writeString(
                folder.resolve("request"),
                "GET /" + STEADY + ".m3u8?format=ts HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
                        + "If-None-Match: \"abc\"\r\nRange: bytes=0-100,200-\r\nCookie: a=b; c=\"d\"\r\n\r\n"
                        + "POST /api/v1/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nAuthorization: Bearer abc\r\n\r\n"
                        + "1c\r\n{\"name\": \"a\", \"password\":1}\r\n0\r\n\r\n"
                        + "HEAD /live/%73teady/ts/../video.m3u8 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Bystander bystander = new Bystander("zzuf-http");
        Pattern failure = Pattern.compile("HTTP/1\\.[01] 50[0-9] ");
        for (int seed = 1; seed <= 80; seed++) {
            byte[] damaged = zzuf(request, List.of("-s", "" + seed, "-r", seed % 2 == 0 ? "0.002" : "0.02"));
            String answers = new String(exchange(gateway.port("http"), damaged), StandardCharsets.ISO_8859_1);
            Matcher matcher = failure.matcher(answers);
            if (matcher.find() && !matcher.group().matches("HTTP/1.. 50[15] ")) {
                throw new AssertionError("seed " + seed + ": " + answers);
            }
        }
        bystander.assertUndisturbed();
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
            for (Reader reader : List.of(hls, rtmp)) {
                reader.assertClean(2);
                assertTrue(reader.longestStepS() < PICTURE_S, reader.longestStepS() + " s between two of a track");
            }
        }
    }

    /** What ffmpeg sends to publish for two seconds, from the first byte on. */
    private static Path record(int number) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread relay = new Thread(() -> relay(server, sent), "relay");
            relay.start();
            ffmpeg(List.of(
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-c:a",
                    "aac",
                    "-t",
                    "2",
                    "-f",
                    "flv",
                    "rtmp://127.0.0.1:" + server.getLocalPort() + "/live/fuzzed" + number));
            relay.join(PATIENCE.toMillis());
        }
        assertTrue(sent.size() > 20_000, sent.size() + " bytes recorded");
        return Files.write(folder.resolve("sent-" + number), sent.toByteArray());
    }

    private static void relay(ServerSocket server, OutputStream copy) {
        try (Socket from = server.accept();
                Socket to = connect(gateway.port("rtmp"))) {
            Thread back = new Thread(
                    () -> {
                        try {
                            to.getInputStream().transferTo(from.getOutputStream());
                        } catch (IOException e) {
                            // One of them is gone.
                        }
                    },
                    "relay-back");
            back.start();
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copy.write(buffer, 0, read);
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The encoder is gone.
        }
    }

    private static byte[] zzuf(Path file, List<String> options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("zzuf").toString(), "-c"));
        command.addAll(options);
        command.addAll(List.of("cat", file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] damaged = process.getInputStream().readAllBytes();
        process.waitFor();
        assertEquals(Files.size(file), damaged.length, "zzuf changes bytes, not their number");
        return damaged;
    }

    /** Sends all and reads what comes until nothing does. */
    private static byte[] exchange(String port, byte[] bytes) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        try (Socket socket = connect(port)) {
            socket.setSoTimeout(500);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answers);
        } catch (IOException e) {
            // Closed within it, or it waits for more.
        }
        return answers.toByteArray();
    }

    private static Socket connect(String port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    private static void ffmpeg(List<String> output) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-v", "error", "-y"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25"));
        arguments.addAll(List.of("-f", "lavfi", "-i", "sine=sample_rate=48000", "-pix_fmt", "yuv420p", "-g", "25"));
        arguments.addAll(output);
        Process process = Ffmpeg.startFfmpeg(folder.resolve("source.log"), arguments);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> "see source.log");
    }

    private static String run(String name, List<String> command) throws Exception {
        Path log = folder.resolve(name + ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), name);
        String said = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    /** What the RTMP server counts. */
    private static long counted(String name) throws Exception {
        String prefix = "lancaster_rtmp_" + name + "_total";
        return ask("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
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
