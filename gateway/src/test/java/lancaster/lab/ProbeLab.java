package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import lancaster.cli.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code probe} on viewers of the gateway's multicast: what it says of loss, repair and clock is known. */
@Tag("lab")
@Order(4)
@Execution(ExecutionMode.CONCURRENT)
class ProbeLab {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LOSS_PERCENT = 5;
    private static final int BEGINNING_S = 2;
    private static final String CONFIGURATION =
            """
            multicast: { sap: false }
            streams:
              live/plain: { key: none, hls: none, multicast: { address: "232.10.2.1:5004", interface: eth0, ttl: 7 } }
              live/bare:  { key: none, hls: none, multicast: { address: "239.10.2.2:5006", interface: eth0, payload: udp } }
              live/safe:  { key: none, hls: none, multicast: { address: "[ff3e::8000:2]:5008", interface: eth0, fec: { columns: 5, rows: 5, row-fec: true } } }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;

    @BeforeAll
    static void start() throws Exception {
        network = LabNetwork.builder()
                .lan("lan")
                .host("gw", "lan")
                .host("well", "lan")
                .host("lossy", "lan")
                .loss("lossy", LOSS_PERCENT)
                .start();
        LabGateway gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
        List<String> paths = List.of("live/plain", "live/bare", "live/safe");
        paths.forEach(path -> gateway.publish(Film.B_FRAMES, path));
        paths.forEach(path -> gateway.awaitSent(path, BEGINNING_S));
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    private static JsonNode probe(String host, String url, int seconds) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("probe", url, "--interface", "eth0", "--json"));
        arguments.addAll(List.of("--seconds", Integer.toString(seconds)));
        Path log = folder.resolve(host + "-" + url.hashCode() + ".log");
        Process probe = network.host(host).java(log, Main.class, arguments);
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (probe.waitFor() != 0) {
            throw new AssertionError(said + Files.readString(log));
        }
        return JSON.readTree(said);
    }

    private static String source() {
        return network.host("gw").address("lan");
    }

    private static void assertTracks(JsonNode report) {
        JsonNode video = report.get("tracks").get(0);
        assertEquals("H.264", video.get("codec").textValue(), report::toString);
        assertEquals(320, video.get("width").intValue());
        assertEquals(25, video.get("framesPerSecond").doubleValue(), 0.1, report::toString);
        // On a busy machine the gateway may have to cut what it sends, and no group of pictures is whole.
        if (video.has("gop")) {
            assertEquals(50, video.get("gop").get("maxFrames").intValue(), report::toString);
        }
        assertEquals("AAC", report.get("tracks").get(1).get("codec").textValue());
    }

    @Test
    void findsThePlainStreamAsItIsSent() throws Exception {
        JsonNode report = probe("well", "rtp://" + source() + "@232.10.2.1:5004", 10);
        assertTracks(report);
        JsonNode rtp = report.get("rtp");
        assertEquals(0, rtp.get("lost").intValue(), report::toString);
        assertTrue(rtp.get("senders").get(0).get("address").textValue().startsWith(source() + ":"), rtp::toString);
        assertEquals("Lancaster", rtp.get("rtcp").get("tool").textValue().split("[ /]", -1)[0], rtp::toString);
        JsonNode ts = report.get("ts");
        assertEquals(0, ts.get("errors").get("continuity").intValue(), report::toString);
        JsonNode pcr = ts.get("programs").get(0).get("pcr");
        assertTrue(pcr.get("meanIntervalMs").doubleValue() <= 100, report::toString);
        boolean hops = StreamSupport.stream(report.get("notes").spliterator(), false)
                .anyMatch(note -> note.textValue().equals("arrives with TTL 7, DSCP 34"));
        assertTrue(hops, report::toString);
    }

    @Test
    void takesBareTransportStreamForWhatItIs() throws Exception {
        JsonNode report = probe("well", "rtp://239.10.2.2:5006", 10);
        assertEquals("MPEG-TS over UDP", report.get("kind").textValue());
        assertTracks(report);
    }

    /** The filter drops what arrives at random: 5 % of what is sent, give or take four standard deviations. */
    @ParameterizedTest
    @CsvSource({"232.10.2.1, 5004", "[ff3e::8000:2], 5008"})
    void countsWhatIsLost(String group, int port) throws Exception {
        String from = group.startsWith("[") ? network.host("gw").address6("lan") : source();
        JsonNode report = probe("lossy", "rtp://" + from + "@" + group + ":" + port, 10);
        JsonNode rtp = report.get("rtp");
        double sent = rtp.get("received").doubleValue() + rtp.get("lost").doubleValue();
        double share = rtp.get("lost").doubleValue() / sent;
        double deviation = Math.sqrt(LOSS_PERCENT / 100 * (1 - LOSS_PERCENT / 100) / sent);
        assertEquals(LOSS_PERCENT / 100, share, 4 * deviation, report::toString);
        assertTrue(report.get("faults").get(0).textValue().contains("RTP packets lost"), report::toString);
        if (port == 5008) {
            JsonNode fec = rtp.get("fec");
            int after = fec.get("lostAfter").intValue();
            int lost = rtp.get("lost").intValue();
            assertTrue(after <= lost / 3, report::toString);
            assertTrue(fec.get("recovered").intValue() >= lost / 2, report::toString);
            assertTrue(fec.get("columns").intValue() > 0 && fec.get("rows").intValue() > 0);
        }
    }
}
