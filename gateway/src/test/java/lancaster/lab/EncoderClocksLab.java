package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An ffmpeg whose clock runs too fast or too slow publishes; the program clock at which moment, as Wireshark captured it
 * at a viewer's.
 */
@Tag("lab")
@Tag("nightly")
@Execution(ExecutionMode.CONCURRENT)
class EncoderClocksLab {
    private static final int PORT = 5004;
    private static final double CLOCK_HZ = 27e6;
    /** The clock is slewed by no more than a tenth of a thousandth; the rest is what a measurement misses. */
    private static final double MAX_SLEW = 130e-6;
    /** What loaded machines may be late with a packet. */
    private static final double LATE_S = 0.05;
    /** So long it must follow without a step. */
    private static final double LEAST_S = 150;

    private static final String CONFIGURATION =
            """
            multicast: { interface: eth0, sap: false }
            streams:
              live/fast:   { key: none, hls: none, multicast: { address: "239.10.9.1:5004" } }
              live/slow:   { key: none, hls: none, multicast: { address: "239.10.9.2:5004" } }
              live/faster: { key: none, hls: none, multicast: { address: "239.10.9.3:5004" } }
              live/slower: { key: none, hls: none, multicast: { address: "239.10.9.4:5004" } }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        network = LabNetwork.builder()
                .lan("open", SwitchKind.FLOODING)
                .host("gw", "open")
                .host("wire", "open")
                .start();
        gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    private record Reading(double arrivalS, double clockS, boolean isAnnounced) {
        double differenceS() {
            return clockS - arrivalS;
        }
    }

    private static List<Reading> readings(String name, String group, String rate, int seconds) throws Exception {
        String path = "live/" + name;
        Process publisher = gateway.publish(Film.VIDEO_ONLY, path, rate);
        // It has sent what it began with.
        awaitPictures(path, 4 * 25, 30);
        List<Reading> readings = new ArrayList<>();
        try (Sniffer sniffer = new Sniffer(
                network.host("wire"), folder.resolve(name + ".pcapng"), "udp and dst host " + group, "open")) {
            awaitPictures(path, (4 + seconds) * 25, seconds + 60);
            Tshark tshark = Tshark.ofDatagrams(sniffer.stop(), PORT, true);
            for (List<String> row : tshark.rows("mp2t.af.pcr", "frame.time_relative", "mp2t.af.pcr", "mp2t.af.di")) {
                long ticks = Long.parseLong(row.get(1).substring(2).replaceFirst(",.*", ""), 16);
                readings.add(new Reading(
                        Double.parseDouble(row.get(0)),
                        ticks / CLOCK_HZ,
                        row.get(2).contains("1")));
            }
        } finally {
            publisher.destroyForcibly().waitFor();
        }
        assertTrue(readings.size() > (seconds - 1) / 0.04, () -> readings.size() + " clock references");
        return readings;
    }

    private static void awaitPictures(String path, int count, int seconds) {
        Patience.await(
                count + " pictures of " + path,
                Duration.ofSeconds(seconds),
                () -> gateway.multicast(path)
                                .map(output ->
                                        output.at("/departure/accessUnits").asInt())
                                .orElse(0)
                        > count);
    }

    @ParameterizedTest
    @CsvSource({"fast, 239.10.9.1, 1.00009, 90", "slow, 239.10.9.2, 0.99991, -90"})
    void theClockFollowsTheEncoders(String name, String group, String rate, double ppm) throws Exception {
        List<Reading> readings = behindLastStep(readings(name, group, rate, 240));
        Reading first = readings.get(0);
        Reading last = readings.get(readings.size() - 1);
        assertTrue(last.arrivalS() - first.arrivalS() > LEAST_S, "steps");
        assertEquals(ppm, slope(readings.subList(readings.size() / 2, readings.size())) * 1e6, 30);
        for (Reading reading : readings) {
            double drift = reading.differenceS() - first.differenceS();
            assertTrue(Math.abs(drift) < MAX_SLEW * reading.arrivalS() + LATE_S, reading::toString);
        }
    }

    /** An encoder that stumbles where everything runs at once makes a step of its own. */
    private static List<Reading> behindLastStep(List<Reading> readings) {
        int from = 0;
        for (int i = 0; i < readings.size(); i++) {
            from = readings.get(i).isAnnounced() ? i : from;
        }
        return readings.subList(from, readings.size());
    }

    /** By least squares: how fast clock and arrivals part. */
    private static double slope(List<Reading> readings) {
        double meanArrival =
                readings.stream().mapToDouble(Reading::arrivalS).average().orElseThrow();
        double mean =
                readings.stream().mapToDouble(Reading::differenceS).average().orElseThrow();
        double both = 0;
        double squares = 0;
        for (Reading reading : readings) {
            double arrival = reading.arrivalS() - meanArrival;
            both += arrival * (reading.differenceS() - mean);
            squares += arrival * arrival;
        }
        return both / squares;
    }

    /** No clock may follow so fast: what it can't follow is made good by steps, and none goes unannounced. */
    @ParameterizedTest
    @CsvSource({"faster, 239.10.9.3, 1.001", "slower, 239.10.9.4, 0.997"})
    void whatNoClockMayFollowIsMadeGoodByAnnouncedSteps(String name, String group, String rate) throws Exception {
        List<Reading> readings = readings(name, group, rate, 120);
        double stepped = 0;
        int steps = 0;
        for (int i = 1; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            if (reading.isAnnounced()) {
                steps++;
                stepped += reading.differenceS() - readings.get(i - 1).differenceS();
            }
            double slewed = reading.differenceS() - readings.get(0).differenceS() - stepped;
            assertTrue(Math.abs(slewed) < MAX_SLEW * reading.arrivalS() + LATE_S, reading::toString);
        }
        assertTrue(steps >= 1 && steps <= 5, steps + " steps");
        assertEquals(Double.parseDouble(rate) > 1, stepped > 0, stepped + " s");
        assertTrue(Math.abs(stepped) > 0.03, stepped + " s");
    }
}
