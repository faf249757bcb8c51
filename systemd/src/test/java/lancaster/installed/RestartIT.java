package lancaster.installed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What encoders see of a restart. */
@Timeout(180)
@Tag("nightly")
class RestartIT {
    private static final int ENCODERS = 20;
    private static final int RESTARTS = 3;
    private static final double GOAL_S = 3;
    /** Of the benchmarks of the gateway: it publishes in real time and is back at once. */
    private static final Path LOAD =
            Path.of("../gateway/target/test-classes").toAbsolutePath().normalize();

    private static final Path FILM = Path.of("../ingest/src/test/resources/media/avc-aac.flv");

    @TempDir
    Path folder;

    @Test
    void twentyEncodersAreBackWithinSeconds() throws Exception {
        Path built = Deb.built();
        try (Installation box = Installation.boot(folder, built)) {
            box.install(Deb.version(built));
            box.configure("streams: { \"live/*\": { key: none } }\n");
            box.systemd.run("systemctl", "restart", Installation.SERVICE).ok();
            Files.copy(FILM, box.systemd.path("/var/tmp/film.flv"));
            List<String> load = new ArrayList<>(box.systemd.entering(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
            load.addAll(List.of("-cp", LOAD.toString(), "lancaster.bench.load.LoadMain", "flap", "1935", "live"));
            load.addAll(List.of(Integer.toString(ENCODERS), "/var/tmp/film.flv"));
            Process encoders = new ProcessBuilder(load)
                    .redirectError(folder.resolve("encoders.log").toFile())
                    .start();
            try (BufferedReader said = encoders.inputReader()) {
                assertEquals("on", said.readLine());
                double[] outages = new double[RESTARTS];
                for (int i = 0; i < RESTARTS; i++) {
                    box.await("all are live", () -> box.systemd
                            .property(Installation.SERVICE, "StatusText")
                            .startsWith(ENCODERS + " streams on air"));
                    box.systemd
                            .run("systemctl", "restart", Installation.SERVICE)
                            .ok();
                    outages[i] = Long.parseLong(said.readLine().replace("back ", "")) / 1e3;
                    Installation.measured("outage of " + ENCODERS + " encoders by a restart", outages[i]);
                }
                Arrays.sort(outages);
                assertTrue(outages[0] < GOAL_S, "never under " + GOAL_S + " s: " + Arrays.toString(outages));
            } finally {
                encoders.destroyForcibly();
            }
        }
    }
}
