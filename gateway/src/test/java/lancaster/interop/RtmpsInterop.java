package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lancaster.pull.PullStats;
import lancaster.republish.TargetStats;
import lancaster.stream.StreamPath;
import lancaster.tls.Certificates;
import lancaster.tls.TlsFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Streams that are sent on and fetched by RTMPS. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class RtmpsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamPath CARD = StreamPath.parse("live/card");
    private static final StreamPath COPY = StreamPath.parse("live/copy");

    @TempDir
    Path folder;

    /** By the name of whoever's it is, for all streams below an application. */
    @Test
    void aStreamGoesOutAndComesBackThroughNginxBehindTls() throws Exception {
        TlsFiles files = Certificates.make(folder, "front", "ec");
        try (NginxServer nginx = new NginxServer(folder);
                TlsFront front = new TlsFront(
                        files, folder, URI.create(nginx.url("live")).getPort());
                TestGateway gateway =
                        gateway("trust: " + files.certificate() + "\nstreams:\n  \"live/*\": { key: none, republish: \""
                                + front.url("live/*") + "\" }\n  live/copy: { source: \"" + front.url("live/card")
                                + "\", hls: { segment: 1s } }\n");
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            Eventually.holds("it goes out", PATIENCE, () -> state(gateway) == TargetStats.State.PUBLISHING);
            assertEquals(
                    front.url("live/card"), gateway.republished(CARD).get(0).target());
            Eventually.holds(
                    "it comes back", PATIENCE, () -> gateway.pulled(COPY).state() == PullStats.State.LIVE);
            assertEquals("rtmps", gateway.pulled(COPY).protocol());
            Eventually.holds("it is on air", PATIENCE, () -> new String(
                            gateway.get("live/copy/ts/video.m3u8").body(), StandardCharsets.UTF_8)
                    .contains(".ts"));
            assertEquals("live/card", card.path());
        }
    }

    @Test
    void whoseCertificateNobodyKnowsGetsNothing() throws Exception {
        TlsFiles files = Certificates.make(folder, "front", "ec");
        try (TestGateway other = new TestGateway(
                        Files.createDirectory(folder.resolve("other")),
                        "tls.certificate=" + files.certificate(),
                        "tls.key=file:" + files.key(),
                        "rtmps.listen=127.0.0.1:0");
                TestGateway gateway = gateway("streams:\n  live/card: { key: none, republish: \"rtmps://127.0.0.1:"
                        + other.port("rtmps") + "/live/card\" }\n");
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            Eventually.holds(
                    "it says why",
                    PATIENCE,
                    () -> !gateway.republished(CARD).isEmpty()
                            && gateway.republished(CARD).get(0).reason().isPresent());
            String reason = gateway.republished(CARD).get(0).reason().orElseThrow();
            assertTrue(reason.startsWith("TLS failed: "), reason);
            assertTrue(reason.contains("certification path"), reason);
            assertEquals(0, gateway.republished(CARD).get(0).publications());
            assertEquals("live/card", card.path());
        }
    }

    private static TargetStats.State state(TestGateway gateway) {
        return gateway.republished(CARD).stream()
                .map(TargetStats::state)
                .findFirst()
                .orElse(TargetStats.State.CONNECTING);
    }

    private TestGateway gateway(String yaml) throws Exception {
        return TestGateway.of(folder, Files.writeString(folder.resolve("lancaster.yaml"), yaml));
    }
}
