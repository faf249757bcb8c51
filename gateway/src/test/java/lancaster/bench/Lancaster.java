package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The gateway as its package starts it, on free ports of loopback. */
final class Lancaster implements Server {
    /** What lancaster.sh tells Java that runs on and on. */
    private static final List<String> AS_INSTALLED =
            List.of("-XX:MaxRAMPercentage=30", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData");

    /** What it tells it besides where there is one processor. */
    private static final List<String> ON_ONE_PROCESSOR =
            List.of("-XX:+UseSerialGC", "-XX:NewRatio=1", "-XX:SurvivorRatio=3");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONFIGURATION =
            """
            rtmp: { listen: 127.0.0.1:0 }
            rtmfp: { listen: 127.0.0.1:0 }
            http: { listen: 127.0.0.1:0 }
            storage: { segment-limit: 8GiB }
            streams:
              "ingest/*": { key: none, hls: none, hds: none }
              "takeover/*": { key: none, on-second-publisher: takeover, hls: none, hds: none }
              "reject/*": { key: none, on-second-publisher: reject, hls: none, hds: none }
              "ts/*": { key: none, hds: none, hls: { segment: 2s, window: 6, format: [ts] } }
              "both/*": { key: none, hds: none, hls: { segment: 2s, window: 6, format: [ts, fmp4] } }
              "multicast/plain-0": { key: none, linger: 1s, hls: none, hds: none, multicast: { interface: lo, address: 239.255.77.1:5004, sap: false } }
              "multicast/smooth-0": { key: none, linger: 1s, hls: none, hds: none, multicast: { interface: lo, address: 239.255.77.2:5004, sap: false, smooth: 100ms } }
              "multicast/constant-0": { key: none, linger: 1s, hls: none, hds: none, multicast: { interface: lo, address: 239.255.77.3:5004, sap: false, rate: 4Mbit/s } }
              "multicast/*": { key: none, linger: 1s, hls: none, hds: none, multicast: { interface: lo, sap: false } }
              "hds/*": { key: none, hds: { window: 6 }, hls: { segment: 2s, window: 6, format: [ts, fmp4] } }
              "window/*": { key: none, hds: none, hls: { segment: 4s, window: 6, format: [ts] } }
            """;

    private final Child child;
    private final Path segments;
    private final int rtmpPort;
    private final int httpPort;
    private final int rtmfpPort;

    private Lancaster(Child child, Path segments, int rtmpPort, int httpPort, int rtmfpPort) {
        this.child = child;
        this.segments = segments;
        this.rtmpPort = rtmpPort;
        this.httpPort = httpPort;
        this.rtmfpPort = rtmfpPort;
    }

    /** Starts it with its state in {@code folder}; {@code options} go to the JVM. */
    static Lancaster start(Path folder, String... options) throws IOException, InterruptedException {
        return start(folder, List.of(options));
    }

    /** With settings of its own. */
    static Lancaster start(Path folder, List<String> options, String... settings)
            throws IOException, InterruptedException {
        Path segments = Machine.segmentFolder("gateway");
        Child child = launch(folder, segments, options, settings);
        int rtmpPort = port(child.await("listening rtmp=", PATIENCE));
        int httpPort = port(child.await("listening http=", PATIENCE));
        int rtmfpPort = port(child.await("listening rtmfp=", PATIENCE));
        child.await("ready", PATIENCE);
        return new Lancaster(child, segments, rtmpPort, httpPort, rtmfpPort);
    }

    /** Starts the process and doesn't wait for it. */
    static Child launch(Path folder, Path segments, List<String> options, String... settings) throws IOException {
        Path jar = Path.of("target/lancaster.jar").toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IllegalStateException("the benchmarks run after packaging: " + jar + " is missing");
        }
        Files.createDirectories(folder);
        Path configuration = folder.resolve("bench.yaml");
        Files.writeString(configuration, CONFIGURATION);
        List<String> command = new ArrayList<>(List.of(Machine.java()));
        command.addAll(AS_INSTALLED);
        command.addAll(Machine.pins() ? ON_ONE_PROCESSOR : List.of());
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString(), "run", "-c", configuration.toString()));
        command.addAll(List.of("--state", folder.resolve("state").toString(), "--runtime", segments.toString()));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        return Child.start(folder.resolve("gateway.err"), Machine.pinned(Machine.SERVER_CPU, command));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** What lies in the segment folder now. */
    long segmentBytes() throws IOException {
        try (Stream<Path> files = Files.walk(segments)) {
            return files.map(Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        }
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public int rtmpPort() {
        return rtmpPort;
    }

    int rtmfpPort() {
        return rtmfpPort;
    }

    @Override
    public int httpPort() {
        return httpPort;
    }

    @Override
    public String playlist(String app, String stream) {
        return "/" + app + "/" + stream + "/ts/video.m3u8";
    }

    @Override
    public void close() {
        child.close();
        Machine.delete(segments);
    }
}
