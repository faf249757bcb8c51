package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import lancaster.bench.load.PublishAttempt;

/** From the start of the process to the first publisher that it accepts. */
final class StartRow {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StartRow() {}

    static double secondsToFirstPublish(Path folder, Path segments) throws IOException {
        int port = Machine.freePort();
        long startNs = System.nanoTime();
        Child child = Lancaster.launch(folder, segments, List.of(), "rtmp.listen=127.0.0.1:" + port);
        try {
            OptionalLong accepted = PublishAttempt.acceptedAt(Machine.loopback(port), "ingest", "first", PATIENCE);
            return (accepted.orElseThrow() - startNs) / 1e9;
        } finally {
            child.close();
        }
    }
}
