package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parity against random loss, counted by a receiver that got address and matrix from the sender's description. Of what
 * remains, rows and columns of 5 leave 2.9e-4 in theory where 5 % are lost (of parity as well), those of 10 leave 3e-6
 * where 1 % is.
 */
@Tag("lab")
@Order(6)
@Execution(ExecutionMode.CONCURRENT)
class FecLab {
    private static final String SENDER =
            """
            multicast: { interface: eth0, sap: false }
            streams:
              live/5:  { key: none, hls: none, multicast: { address: "232.10.4.5:5004", fec: { columns: 5, rows: 5, row-fec: true } } }
              live/10: { key: none, hls: none, multicast: { address: "232.10.4.10:5004", fec: { columns: 10, rows: 10, row-fec: true } } }
              live/5-long:  { key: none, hls: none, multicast: { address: "232.10.4.6:5004", fec: { columns: 5, rows: 5, row-fec: true } } }
              live/10-long: { key: none, hls: none, multicast: { address: "232.10.4.11:5004", fec: { columns: 10, rows: 10, row-fec: true } } }
            """;
    private static final String RECEIVER =
            """
            streams:
              in/it: { source: "http://10.1.0.1:8080/live/%s.sdp", hls: none }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabGateway sender;

    @BeforeAll
    static void start() throws Exception {
        network = LabNetwork.builder()
                .lan("a")
                .host("gw", "a")
                .host("5", "a")
                .host("10", "a")
                .host("5-long", "a")
                .host("10-long", "a")
                .start();
        sender = new LabGateway(network.host("gw"), folder.resolve("sender"), SENDER);
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    /**
     * What remains comes in fours and more, the corners of rectangles: so few packets may see several of them. Rows
     * alone would leave 1.1e-2 of the first.
     */
    @ParameterizedTest
    @CsvSource({"5, 5, 4e-3, 6000", "10, 1, 1.5e-3, 6000"})
    void repairsWhatIsLostAtRandom(String matrix, double lossPercent, double remains, long packets) throws Exception {
        assertRemains(matrix, lossPercent, remains, packets, Duration.ofSeconds(90));
    }

    /** Counts so long that the bound is that of the theory: 13 and 5 standard deviations above it. */
    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({"5-long, 5, 5e-4, 500000", "10-long, 1, 1e-5, 1000000"})
    void repairsWhatIsLostAtRandomAsTheTheorySays(String matrix, double lossPercent, double remains, long packets)
            throws Exception {
        assertRemains(matrix, lossPercent, remains, packets, Duration.ofMinutes(40));
    }

    private static void assertRemains(String name, double lossPercent, double remains, long packets, Duration patience)
            throws Exception {
        Process publisher = sender.publish(Film.HEAVY, "live/" + name);
        sender.awaitSent("live/" + name, 1);
        try (LabGateway receiver = new LabGateway(network.host(name), folder.resolve(name), RECEIVER.formatted(name))) {
            Patience.await("it receives", () -> receiver.receiver("in/it").has("rtp"));
            network.loss(name, lossPercent);
            Patience.await(packets + " packets", patience, () -> delivered(receiver) >= packets);
            JsonNode reception = receiver.receiver("in/it");
            network.loss(name, 0);
            double sent = reception.at("/rtp/delivered").asLong()
                    + reception.at("/rtp/lost").asLong();
            double before = reception.at("/rtp/ways/0/lost").asLong() / sent;
            double share = lossPercent / 100;
            double deviation = Math.sqrt(share * (1 - share) / sent);
            assertEquals(share, before, 5 * deviation, reception::toString);
            assertEquals(0, reception.at("/ways/0/kernelDrops").asLong(), reception::toString);
            assertTrue(reception.at("/rtp/lost").asLong() / sent <= remains, reception::toString);
        } finally {
            publisher.destroyForcibly().waitFor();
        }
    }

    private static long delivered(LabGateway receiver) {
        return receiver.receiver("in/it").at("/rtp/delivered").asLong();
    }
}
