package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** API, metrics and log tell by what an encoder comes in, and what RTMFP does below. RTMPS is in {@link SecureInterop}. */
@Execution(ExecutionMode.CONCURRENT)
class CarriersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void publishersAreCalledByWhatTheyComeBy() throws Exception {
        try (TestGateway gateway = new TestGateway(folder, "streams.\"live/closed\".key=sesame-open-yourself")) {
            String rtmfp = "rtmfp://127.0.0.1:" + gateway.port("rtmfp");
            try (TestPublisher plain = new TestPublisher(folder, gateway.rtmp("live/plain"));
                    TestPublisher flows = new TestPublisher(folder, rtmfp + "/live/flows");
                    TestPublisher refused = new TestPublisher(folder, rtmfp + "/live/closed?key=wrong")) {
                assertEquals("publishing", plain.next());
                assertEquals("publishing", flows.next());
                assertEquals("NetStream.Publish.Denied", refused.next());
                Eventually.holds(
                        "the API tells",
                        PATIENCE,
                        () -> protocol(gateway, "live/plain").equals("rtmp")
                                && protocol(gateway, "live/flows").equals("rtmfp"));
                String log = text(gateway, "api/v1/log?limit=200");
                assertTrue(log.contains("publisher came path=live/plain protocol=rtmp "), log);
                assertTrue(log.contains("publisher came path=live/flows protocol=rtmfp "), log);
                assertTrue(log.contains("publish refused path=live/closed protocol=rtmfp "), log);
                Eventually.holds("it is counted by carrier", PATIENCE, () -> {
                    String metrics = text(gateway, "metrics");
                    return metrics.contains("lancaster_rtmp_publishes_total{protocol=\"rtmp\"} 1.0\n")
                            && metrics.contains("lancaster_rtmp_publishes_total{protocol=\"rtmfp\"} 1.0\n")
                            && metrics.contains("lancaster_rtmp_refused_publishes_total{protocol=\"rtmfp\"} 1.0\n");
                });
                Eventually.holds("media come by flows", PATIENCE, () -> {
                    JsonNode now = rtmfp(gateway);
                    return now.get("receivingFlows").asInt() > 1
                            && now.get("sendingFlows").asInt() > 0
                            && now.at("/datagrams/receivedBytes").asLong() > 10_000;
                });
                assertTrue(rtmfp(gateway).get("sessions").asInt() >= 1);
                assertEquals(2, rtmfp(gateway).at("/handshakes/opened").asInt());
            }
            JsonNode then = rtmfp(gateway);
            assertTrue(then.at("/handshakes/hellos").asInt() >= 2, then.toString());
            assertTrue(then.at("/fragments/sent").asLong() > 0, then.toString());
            String metrics = text(gateway, "metrics");
            assertTrue(metrics.contains("lancaster_rtmfp_opened_sessions_total 2.0\n"), metrics);
            assertTrue(metrics.contains("lancaster_directory_names 0.0\n"), metrics);
        }
    }

    @Test
    void otherServersOfPeersAreToldOfAndWhyTheyAreNotConnected() throws Exception {
        try (TestGateway gateway = new TestGateway(folder, "rtmfp.peers=[\"rtmfp://peers.invalid\"]")) {
            Eventually.holds("it is tried", PATIENCE, () -> {
                JsonNode other = rtmfp(gateway).at("/peers/0");
                return other.at("/server").asText().equals("peers.invalid:1935")
                        && !other.at("/connected").asBoolean(true)
                        && !other.at("/cause").asText().isEmpty();
            });
            assertTrue(text(gateway, "metrics").contains("lancaster_rtmfp_connected_peers 0.0\n"));
            assertEquals(0, rtmfp(gateway).get("refusedClients").asInt(-1));
        }
    }

    private static String protocol(TestGateway gateway, String stream) throws Exception {
        return json(gateway, "api/v1/streams/" + stream + "/publication")
                .at("/protocol")
                .asText();
    }

    private static JsonNode rtmfp(TestGateway gateway) throws IOException, InterruptedException {
        return json(gateway, "api/v1/statistics").get("rtmfp");
    }

    private static JsonNode json(TestGateway gateway, String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(gateway.get(path).body());
    }

    private static String text(TestGateway gateway, String path) throws IOException, InterruptedException {
        return new String(gateway.get(path).body(), StandardCharsets.UTF_8);
    }
}
