package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import lancaster.bench.load.PublishAttempt;

/** Peers that fall silent without closing: a publisher that is stopped, connections that never get to the point. */
final class SilenceRows {
    private static final Duration CONNECTING = Duration.ofSeconds(60);

    /** How long silent connections lived (infinite if some outlived the patience) and the memory that each took. */
    record HalfOpen(double closedWithinS, double kilobytesEach) {}

    private SilenceRows() {}

    /** Seconds from a publisher's last word until its name accepts another; infinite if it never does. */
    static double nameFreeAfter(Server server, String app, Path media, Duration patience)
            throws IOException, InterruptedException {
        try (Load load = Load.publish(server, app, "dead", 1, media)) {
            load.awaitReady();
            Machine.pause(2);
            load.child().signal("STOP");
            long silentNs = System.nanoTime();
            OptionalLong accepted =
                    PublishAttempt.acceptedAt(Machine.loopback(server.rtmpPort()), app, "dead-0", patience);
            load.child().kill();
            return accepted.isPresent() ? (accepted.getAsLong() - silentNs) / 1e9 : Double.POSITIVE_INFINITY;
        }
    }

    static HalfOpen halfOpen(Server server, int connections, Duration patience)
            throws IOException, InterruptedException {
        long beforeBytes = Usage.of(server.pid()).residentBytes();
        try (Load load = Load.halfOpen(server, connections)) {
            int open = Integer.parseInt(load.child().await("ready", CONNECTING));
            long grownBytes = Usage.of(server.pid()).residentBytes() - beforeBytes;
            if (open < connections) {
                throw new IllegalStateException(open + " of " + connections + " connections accepted");
            }
            double closedS = Double.POSITIVE_INFINITY;
            try {
                closedS = Long.parseLong(load.child().await("closed", patience)) / 1e3;
            } catch (IllegalStateException e) {
                // Not within the patience: that is the result.
            }
            load.stop();
            return new HalfOpen(closedS, grownBytes / 1024.0 / connections);
        }
    }
}
