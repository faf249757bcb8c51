package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import lancaster.tls.Certificates;
import lancaster.tls.TlsFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A certificate that is renewed while encoders publish and viewers watch. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class CertificateInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void newConnectionsSeeTheNewOneAndOldOnesGoOn() throws Exception {
        TlsFiles files = Certificates.make(folder, "first", "ec");
        TlsFiles second = Certificates.make(folder, "second", "rsa:2048");
        Path file = Files.writeString(
                folder.resolve("lancaster.yaml"),
                "tls: { certificate: " + files.certificate() + ", key: \"file:" + files.key()
                        + "\" }\nhttps: { listen: 127.0.0.1:0 }\nrtmps: { listen: 127.0.0.1:0 }\n"
                        + "streams: { \"live/*\": { key: none, hls: { segment: 1s } } }\n");
        try (TestGateway gateway = TestGateway.of(folder, file)) {
            Process encoder = Encoder.FFMPEG_NO_B_FRAMES.start(
                    folder.resolve("ffmpeg.log"), "rtmps://127.0.0.1:" + gateway.port("rtmps") + "/live/card");
            try (SSLSocket viewer = connect(gateway, "https")) {
                Eventually.holds("it is on air", PATIENCE, () -> segments(gateway) > 1);
                assertEquals("CN=first", subject(viewer));
                assertEquals("HTTP/1.1 200 OK", ask(viewer));
                String since = publisherSince(gateway);
                Files.copy(second.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
                Files.copy(second.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
                gateway.reload();
                for (String listener : new String[] {"https", "rtmps"}) {
                    try (SSLSocket newcomer = connect(gateway, listener)) {
                        assertEquals("CN=second", subject(newcomer), listener);
                    }
                }
                assertEquals("HTTP/1.1 200 OK", ask(viewer), "who was there before");
                assertEquals("CN=first", subject(viewer));
                int before = segments(gateway);
                Eventually.holds("the encoder goes on", PATIENCE, () -> segments(gateway) > before + 1);
                assertEquals(since, publisherSince(gateway), "by the connection that it had");
                assertTrue(encoder.isAlive());
            } finally {
                encoder.destroyForcibly().waitFor();
            }
        }
    }

    private static int segments(TestGateway gateway) throws Exception {
        String list = new String(gateway.get("live/card/ts/video.m3u8").body(), StandardCharsets.UTF_8);
        return JSON.readTree(gateway.get("api/v1/streams/live/card").body())
                        .path("timeline")
                        .path("segmentNumber")
                        .asInt()
                * (list.contains(".ts") ? 1 : 0);
    }

    private static String publisherSince(TestGateway gateway) throws Exception {
        return JSON.readTree(gateway.get("api/v1/streams/live/card/publication").body())
                .path("since")
                .asText();
    }

    /** On a connection that stays. */
    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("HEAD /healthz HTTP/1.1\r\nHost: box\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String status = lines.readLine();
        for (String line = status; line != null && !line.isEmpty(); line = lines.readLine()) {
            // The head to its end.
        }
        return status;
    }

    private static String subject(SSLSocket socket) throws IOException {
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    /** Whatever it shows: that is what is asked. */
    private static SSLSocket connect(TestGateway gateway, String listener) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port(listener));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
