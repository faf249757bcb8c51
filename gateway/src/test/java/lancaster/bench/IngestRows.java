package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;

/** CPU that publishing costs the server. */
final class IngestRows {
    private static final double SETTLE_SECONDS = 3;
    private static final double WINDOW_SECONDS = 10;
    private static final int FLAT_OUT_PUBLISHERS = 4;
    private static final long FLAT_OUT_BYTES = 1_000_000_000;

    private IngestRows() {}

    /** CPU-s per stream and minute of {@code streams} publishers in real time. */
    static double perStreamMinute(Server server, String app, int streams, Path media)
            throws IOException, InterruptedException {
        try (Load load = Load.publish(server, app, "s", streams, media)) {
            int accepted = load.awaitReady();
            Machine.pause(SETTLE_SECONDS);
            long beforeNs = Usage.of(server.pid()).cpuNs();
            long startNs = System.nanoTime();
            Machine.pause(WINDOW_SECONDS);
            long usedNs = Usage.of(server.pid()).cpuNs() - beforeNs;
            double minutes = (System.nanoTime() - startNs) / 60e9;
            long[] bytesLateClosed = load.stop();
            if (accepted != streams || bytesLateClosed[2] > 0) {
                throw new IllegalStateException(
                        accepted + " of " + streams + " publishers accepted, " + bytesLateClosed[2] + " closed");
            }
            return usedNs / 1e9 / minutes / streams;
        }
    }

    /** CPU-s per GB of publishers that send as fast as the server takes it. */
    static double perGigabyte(Server server, String app, Path media) throws IOException, InterruptedException {
        long beforeNs = Usage.of(server.pid()).cpuNs();
        try (Load load = Load.flatOut(server, app, "flat", FLAT_OUT_PUBLISHERS, media, FLAT_OUT_BYTES)) {
            long bytes = load.awaitSent();
            Machine.pause(0.3);
            long usedNs = Usage.of(server.pid()).cpuNs() - beforeNs;
            load.stop();
            return (double) usedNs / bytes;
        }
    }
}
