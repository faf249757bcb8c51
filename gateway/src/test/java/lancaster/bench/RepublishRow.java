package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What it costs to send one stream on to many servers. */
final class RepublishRow {
    static final int TARGETS = 20;

    private static final String APP = "relay";
    private static final String NAME = "r";
    private static final double MEASURED_SECONDS = 30;
    private static final int PATIENCE_SECONDS = 30;
    private static final String PUBLISHING = "lancaster_republish_publishing{";

    private RepublishRow() {}

    /** The setting of a gateway that sends its stream to streams of {@code far}. */
    static String setting(Server far) {
        String targets = IntStream.range(0, TARGETS)
                .mapToObj(i -> "\"rtmp://127.0.0.1:" + far.rtmpPort() + "/ingest/t" + i + '"')
                .collect(Collectors.joining(", "));
        return "streams." + APP + "/" + NAME + "-0={ key: none, hls: none, multicast: none, republish: [" + targets
                + "] }";
    }

    /** CPU-s per target-minute: what it costs more than the same stream that is sent nowhere. */
    static double perTargetMinute(Lancaster lancaster, Path media) throws IOException, InterruptedException {
        double without = perMinute(lancaster, "ingest", 0, media);
        return (perMinute(lancaster, APP, TARGETS, media) - without) / TARGETS;
    }

    private static double perMinute(Lancaster lancaster, String app, int targets, Path media)
            throws IOException, InterruptedException {
        try (Load load = Load.publish(lancaster, app, NAME, 1, media);
                HttpProbe http = new HttpProbe(lancaster.httpPort())) {
            load.awaitReady();
            for (int i = 0; publishing(http) < targets; i++) {
                if (i == PATIENCE_SECONDS) {
                    throw new IllegalStateException(publishing(http) + " of " + targets + " servers take the stream");
                }
                Machine.pause(1);
            }
            Machine.pause(2);
            long beforeNs = Usage.of(lancaster.pid()).cpuNs();
            long fromNs = System.nanoTime();
            Machine.pause(MEASURED_SECONDS);
            double minutes = (System.nanoTime() - fromNs) / 60e9;
            long usedNs = Usage.of(lancaster.pid()).cpuNs() - beforeNs;
            load.stop();
            return usedNs / 1e9 / minutes;
        }
    }

    private static long publishing(HttpProbe http) throws IOException {
        return http.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(PUBLISHING) && line.endsWith(" 1.0"))
                .count();
    }
}
