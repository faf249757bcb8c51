package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many hosts the gateway says receive a session, in a LAN whose switch keeps no report away and asks nobody. */
@Tag("lab")
@Execution(ExecutionMode.CONCURRENT)
class JoinsLab {
    private static final String ANY = "any";
    private static final String CONFIGURATION =
            """
            multicast: { sap: false }
            streams:
              live/one:  { key: none, hls: none, multicast: { address: "232.10.3.1:5004", interface: eth0 } }
              live/six:  { key: none, hls: none, multicast: { address: "[ff15::8000:31]:5006", interface: eth0 } }
              live/none: { key: none, hls: none, multicast: { address: "239.10.3.3:5008", interface: eth0 } }
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
                .host("v1", "open")
                .host("v2", "open")
                .start();
        gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
        for (String name : List.of("one", "six", "none")) {
            gateway.publish(Film.AUDIO_ONLY, "live/" + name);
        }
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (network != null) {
            network.close();
        }
    }

    /** The joins of a stream's only way; missing while there is no such stream. */
    private static JsonNode joins(String path) {
        return gateway.multicast(path)
                .map(output -> output.path("ways").path(0).path("joins"))
                .orElse(MissingNode.getInstance());
    }

    /** From then on it is heard who joins. */
    private static void awaitListening(String path) {
        LabNetwork.await(
                "it is listened to who joins " + path,
                () -> joins(path).path("state").asText().equals("heard")
                        || joins(path).path("reason").asText().startsWith("no "));
    }

    private static void awaitJoins(String path, int hosts) {
        LabNetwork.await(
                hosts + " hosts joined " + path, () -> joins(path).path("hosts").asInt(-1) == hosts);
    }

    @ParameterizedTest
    @CsvSource({"live/one, 232.10.3.1, 5004", "live/six, ff15::8000:31, 5006"})
    void countsWhoJoinsAndForgetsWhoLeaves(String path, String group, int port) throws Exception {
        awaitListening(path);
        String source = group.startsWith("232") ? network.host("gw").address("open") : ANY;
        Path first = folder.resolve(port + "-1");
        Path second = folder.resolve(port + "-2");
        try (Listener one = new Listener(network.host("v1"), "open", group, port, source, first)) {
            awaitJoins(path, 1);
            try (Listener two = new Listener(network.host("v2"), "open", group, port, source, second)) {
                awaitJoins(path, 2);
                two.stop();
            }
            awaitJoins(path, 1);
            assertTrue(joins(path).get("atLeast").booleanValue(), "nobody asks who joined before");
            assertTrue(joins(path).get("lastHeardAgeMs").longValue() < 60_000);
            one.stop();
        }
        awaitJoins(path, 0);
        String metrics = new String(
                network.host("gw")
                        .fetch("http://127.0.0.1:8080/metrics")
                        .orElseThrow()
                        .toArray(),
                StandardCharsets.UTF_8);
        assertTrue(
                metrics.contains("lancaster_multicast_joins_heard{stream=\"" + path + "\",way=\"first\"} 0.0\n"),
                metrics);
    }

    @Test
    void whoNamesAnotherSourceIsNoneOfOurs() throws Exception {
        awaitListening("live/none");
        try (Listener other = new Listener(
                        network.host("v1"), "open", "239.10.3.3", 5008, "10.9.9.9", folder.resolve("other"));
                Listener ours =
                        new Listener(network.host("v2"), "open", "239.10.3.3", 5008, ANY, folder.resolve("ours"))) {
            awaitJoins("live/none", 1);
            assertEquals(0, other.stop().datagrams());
            ours.stop();
        }
    }
}
