package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lancaster.kit.Program;
import lancaster.kit.Requirement;
import lancaster.tls.Certificates;
import lancaster.tls.TlsFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Encoders, players, browsers and scripts over TLS. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SecureInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static TlsFiles files;
    private static Process encoder;

    @BeforeAll
    static void start() throws Exception {
        files = Certificates.make(folder, "box", "ec");
        gateway = new TestGateway(
                folder,
                "tls.certificate=" + files.certificate(),
                "tls.key=file:" + files.key(),
                "https.listen=127.0.0.1:0",
                "rtmps.listen=127.0.0.1:0",
                "streams.\"*/*\".hls.segment=1s");
        encoder = Encoder.FFMPEG_NO_B_FRAMES.start(
                folder.resolve("ffmpeg.log"), "rtmps://127.0.0.1:" + gateway.port("rtmps") + "/live/secret");
        Eventually.holds("what comes by RTMPS is on air", PATIENCE, () -> text(gateway.get("live/secret/ts/video.m3u8")
                        .body())
                .contains(".ts"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        encoder.destroyForcibly().waitFor();
        gateway.close();
    }

    @Test
    void curlReadsByHttp2() throws Exception {
        String segment = Arrays.stream(
                        text(gateway.get("live/secret/ts/video.m3u8").body()).split("\n", -1))
                .filter(line -> line.endsWith(".ts"))
                .reduce((first, second) -> second)
                .orElseThrow();
        for (String path : List.of("live/secret.m3u8", "live/secret/ts/" + segment, "ui/hls.js", "streams.json")) {
            Path body = folder.resolve(path.replace('/', '-'));
            String said = curl(
                    "--http2", "--output", body.toString(), "--write-out", "%{http_version} %{http_code}", https(path));
            assertEquals("2 200", said, path);
            if (path.endsWith(".ts")) {
                assertArrayEquals(gateway.get(path).body(), Files.readAllBytes(body));
            }
        }
        String part = curl(
                "--http2",
                "--range",
                "188-375",
                "--write-out",
                "%{http_code} %{size_download}",
                "--output",
                "/dev/null",
                https("live/secret/ts/" + segment));
        assertEquals("206 188", part);
        assertEquals(
                "1.1 200",
                curl(
                        "--http1.1",
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{http_version} %{http_code}",
                        https("healthz")));
    }

    @Test
    void whatComesByRtmpsIsCalledSo() throws Exception {
        String publication =
                text(gateway.get("api/v1/streams/live/secret/publication").body());
        assertTrue(publication.contains("\"protocol\":\"rtmps\""), publication);
        String metrics = text(gateway.get("metrics").body());
        assertTrue(metrics.contains("lancaster_rtmp_publishes_total{protocol=\"rtmps\"} 1.0\n"), metrics);
    }

    @Test
    void ffmpegPlaysByRtmps() throws Exception {
        String address = "rtmps://127.0.0.1:" + gateway.port("rtmps") + "/live/secret";
        new Reader(folder, "rtmps", List.of("-rw_timeout", "30000000", "-i", address), 4).assertClean(2);
    }

    @Test
    void aBrowserPlaysByHttp2() {
        try (Chromium chromium = new Chromium()) {
            Tab tab = chromium.open();
            tab.call("Security.setIgnoreCertificateErrors", Map.of("ignore", true));
            tab.go(https("live/secret"));
            tab.waitUntil("document.querySelector('video').currentTime > 0.5", 60);
            tab.waitUntil(
                    "performance.getEntriesByType('resource').some((one) => one.name.includes('/ts/')"
                            + " && one.nextHopProtocol === 'h2')",
                    30);
            assertTrue(tab.evaluate("isSecureContext").asBoolean());
            assertEquals(List.of(), tab.complaints());
        }
    }

    @Test
    void aLoginByHttpsHasACookieForHttpsAlone() throws Exception {
        String secret =
                Files.readString(folder.resolve("state/access/one-time-secret")).strip();
        Path heads = folder.resolve("heads");
        String body = "{\"secret\":\"" + secret + "\",\"name\":\"anna\",\"password\":\"" + PASSWORD + "\"}";
        assertEquals(
                "200",
                curl(
                        "--http2",
                        "--dump-header",
                        heads.toString(),
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{http_code}",
                        "--data",
                        body,
                        https("api/v1/first-login")));
        String set = Files.readAllLines(heads).stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("set-cookie: "))
                .findFirst()
                .orElseThrow();
        assertTrue(
                set.matches("(?i)set-cookie: __Host-lancaster-session=[a-z2-7]{52}; Path=/; .*SameSite=Strict; Secure"),
                set);
        String cookie = set.substring("set-cookie: ".length()).replaceAll(";.*", "");
        assertTrue(curl("--cookie", cookie, https("api/v1/me")).contains("\"name\":\"anna\""));
        assertTrue(
                curl("--cookie", cookie, gateway.http("api/v1/me").toString()).contains("\"name\":\"\""),
                "not by HTTP");
    }

    @Test
    void theBoxCanBeManagedElsewhere() throws Exception {
        try (TestGateway apart = new TestGateway(
                folder.resolve("apart"),
                "tls.certificate=" + files.certificate(),
                "tls.key=file:" + files.key(),
                "admin.listen=127.0.0.1:0",
                "admin.tls=true")) {
            String admin = "https://127.0.0.1:" + apart.port("admin") + "/";
            for (String path : List.of("api/v1/me", "metrics", "admin/", "api/v1/streams")) {
                assertEquals(404, apart.get(path).statusCode(), path);
            }
            assertEquals(200, apart.get("streams.json").statusCode());
            assertTrue(curl("--http2", admin + "api/v1/me").contains("\"secure\":true"));
            assertTrue(curl(admin + "metrics").contains("lancaster_streams"));
        }
    }

    /** What Debian's sslscan, which brings an OpenSSL with all that is broken, gets each listener to agree to. */
    @Test
    void noWeakTlsIsToBeHad() throws Exception {
        for (String listener : List.of("https", "rtmps")) {
            Path report = folder.resolve(listener + ".xml");
            Program.says("sslscan", "--xml=" + report, "127.0.0.1:" + gateway.port(listener));
            String found = Files.readString(report);
            assertEquals(
                    List.of("tls 1.2", "tls 1.3"),
                    attributes(found, "protocol type=\"(\\w+)\" version=\"([\\d.]+)\" enabled=\"1\""),
                    listener);
            assertEquals(
                    List.of(),
                    attributes(found, "(heartbleed|renegotiation|compression) [^>]*(vulnerable|supported)=\"1\""));
            List<String> ciphers =
                    attributes(found, "cipher status=\"\\w+\" sslversion=\"(\\S+)\" .* strength=\"(\\w+)\"");
            assertTrue(ciphers.size() >= 6, ciphers.toString());
            // It calls none of TLS 1.3 strong that isn't secure after quantum computers.
            ciphers.removeAll(List.of("TLSv1.2 strong", "TLSv1.3 strong", "TLSv1.3 acceptable"));
            assertEquals(List.of(), ciphers, listener);
        }
    }

    /** Each costs the server many times what it costs the client. */
    @Test
    void whoAsksForOneHandshakeAfterTheOtherIsCutOff() throws Exception {
        try (ChildGateway child = new ChildGateway(
                Files.createDirectories(folder.resolve("child")),
                "tls.certificate=" + files.certificate(),
                "tls.key=file:" + files.key(),
                "https.listen=127.0.0.1:0",
                "rtmps.listen=127.0.0.1:0")) {
            for (String listener : List.of("https", "rtmps")) {
                Process openssl = new ProcessBuilder(
                                Requirement.program("openssl").toString(),
                                "s_client",
                                "-tls1_2",
                                "-connect",
                                child.address(listener))
                        .redirectErrorStream(true)
                        .start();
                BufferedReader said = openssl.inputReader(StandardCharsets.UTF_8);
                String line = said.readLine();
                while (line != null && !line.contains("Verify return code")) {
                    line = said.readLine();
                }
                OutputStream keys = openssl.getOutputStream();
                keys.write("R\n".getBytes(StandardCharsets.US_ASCII));
                keys.flush();
                String rest = said.lines().collect(Collectors.joining("\n"));
                assertTrue(rest.contains("RENEGOTIATING"), listener + rest);
                assertTrue(rest.contains("alert handshake failure"), listener + rest);
                assertTrue(openssl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
        }
    }

    private static List<String> attributes(String xml, String pattern) {
        return Pattern.compile(pattern)
                .matcher(xml)
                .results()
                .map(found -> found.group(1) + ' ' + found.group(2))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** nghttp2's own client, many streams a connection. */
    @Test
    void nothingFailsWithManyHttp2StreamsAtOnce() throws Exception {
        String list = text(gateway.get("live/secret/ts/video.m3u8").body());
        String segment = list.lines()
                .filter(line -> line.endsWith(".ts"))
                .reduce((first, second) -> second)
                .orElseThrow();
        for (String path : List.of("streams.json", "live/secret/ts/" + segment)) {
            String said = Program.says("h2load", "-n", "200", "-c", "4", "-m", "20", https(path));
            assertTrue(said.contains("Application protocol: h2\n"), said);
            assertTrue(said.contains(" 200 succeeded, 0 failed, 0 errored, 0 timeout"), said);
            assertTrue(said.contains("status codes: 200 2xx"), said);
        }
    }

    @Test
    void whoSpeaksNoTlsThereIsCutOff() throws Exception {
        for (String listener : List.of("https", "rtmps")) {
            try (java.net.Socket socket =
                    new java.net.Socket(InetAddress.getLoopbackAddress(), gateway.port(listener))) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream()
                        .write("\u0003this is no TLS, as anybody can see who looks"
                                .getBytes(StandardCharsets.US_ASCII));
                assertTrue(socket.getInputStream().readAllBytes().length < 100, listener);
            } catch (java.net.SocketException e) {
                // Reset: cut off too.
            }
        }
    }

    private static String https(String path) {
        return "https://127.0.0.1:" + gateway.port("https") + "/" + path;
    }

    /** What it prints; it trusts our certificate alone. */
    private static String curl(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("curl").toString()));
        command.addAll(List.of(
                "--silent",
                "--show-error",
                "--max-time",
                "60",
                "--cacert",
                files.certificate().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(90, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
