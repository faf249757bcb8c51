package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import lancaster.flv.FlvFileReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Live streams as files without end, and as pictures, over real connections. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class EndlessInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECONDS = 8;

    @TempDir
    Path folder;

    @Test
    void ffmpegReadsFlvAndTransportStream() throws Exception {
        try (TestGateway gateway = new TestGateway(folder.resolve("gateway"));
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
            assertEquals("publishing", publisher.next());
            Eventually.holds(
                    "a picture", PATIENCE, () -> gateway.get("live/a.jpg").statusCode() == 200);
            Reader flv = new Reader(folder, "flv", gateway.http("live/a.flv"), SECONDS);
            Reader ts = new Reader(folder, "ts", gateway.http("live/a.ts"), SECONDS);
            flv.assertClean(2);
            ts.assertClean(2);
            Eventually.holds("both have left", PATIENCE, () -> metric(gateway, "lancaster_endless_readers") == 0);
            assertEquals(0, metric(gateway, "lancaster_endless_cuts_total"));
            HttpResponse<byte[]> picture = gateway.get("live/a.jpg");
            assertEquals(
                    "image/jpeg", picture.headers().firstValue("Content-Type").orElse(""));
            assertTrue(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth() > 0);
            assertEquals(404, gateway.get("live/nobody.jpg").statusCode());
            assertEquals(404, gateway.get("live/nobody.flv").statusCode());
            assertEquals(404, gateway.get("live/nobody.ts").statusCode());
        }
    }

    @Test
    void theFileEndsWithTheStream() throws Exception {
        try (TestGateway gateway = new TestGateway(folder.resolve("gateway"), "streams.\"*/*\".linger=1s")) {
            CompletableFuture<byte[]> read;
            try (TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/a"))) {
                assertEquals("publishing", publisher.next());
                Eventually.holds(
                        "a picture", PATIENCE, () -> gateway.get("live/a.jpg").statusCode() == 200);
                read = CompletableFuture.supplyAsync(() -> body(gateway, "live/a.flv"));
                Eventually.holds("a reader", PATIENCE, () -> metric(gateway, "lancaster_endless_readers") == 1);
            }
            byte[] flv = read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            FlvFileReader reader = new FlvFileReader(message -> {});
            reader.read(ByteBuffer.wrap(flv));
            assertTrue(reader.isComplete(), "it ends behind a tag");
            assertEquals(0, metric(gateway, "lancaster_endless_readers"));
        }
    }

    private static byte[] body(TestGateway gateway, String path) {
        try {
            return gateway.get(path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double metric(TestGateway gateway, String name) throws Exception {
        String text = new String(gateway.get("metrics").body(), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }
}
