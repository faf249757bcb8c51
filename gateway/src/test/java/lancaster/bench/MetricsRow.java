package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a question of Prometheus takes while streams come in, and what it does to the loops. */
final class MetricsRow {
    private static final int QUESTIONS = 40;
    /** Prometheus asks every few seconds; here it is asked so often that a pause is met. */
    private static final double PAUSE_SECONDS = 0.25;

    private static final double SETTLE_SECONDS = 3;
    private static final String DELAY = "lancaster_loop_delay_seconds{";

    /**
     * @param answerMs median
     * @param loopPauseMs the longest that a tick waited for a loop meanwhile
     */
    record Sample(double answerMs, double loopPauseMs) {}

    private MetricsRow() {}

    static Sample ask(Server server, String app, int streams, Path media) throws IOException, InterruptedException {
        try (Load load = Load.publish(server, app, "m", streams, media);
                HttpProbe http = new HttpProbe(server.httpPort())) {
            int accepted = load.awaitReady();
            Machine.pause(SETTLE_SECONDS);
            List<Double> times = new ArrayList<>();
            double longest = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                long askedNs = System.nanoTime();
                String text = http.get("/metrics").text();
                times.add((System.nanoTime() - askedNs) / 1e6);
                longest = Math.max(longest, longestDelay(text));
                if (i == 0 && (accepted != streams || !text.contains("lancaster_streams " + (double) streams))) {
                    throw new IllegalStateException(accepted + " of " + streams + " publishers accepted\n" + text);
                }
                Machine.pause(PAUSE_SECONDS);
            }
            load.stop();
            return new Sample(
                    Figure.median(
                            times.stream().mapToDouble(Double::doubleValue).toArray()),
                    longest * 1e3);
        }
    }

    private static double longestDelay(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(DELAY))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElse(Double.NaN);
    }
}
