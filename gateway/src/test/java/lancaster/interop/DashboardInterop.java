package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard of the package asks Prometheus for, a gateway tells that publishes, sends and receives. */
@Tag("interop")
class DashboardInterop {
    private static final Path DASHBOARD = Path.of("../systemd/grafana-dashboard.json");
    private static final String NOBODY = "rtmp://127.0.0.1:9/live/nobody";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("\\b(lancaster|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern TOLD = Pattern.compile("(?m)^([a-z_0-9]+)[{ ]");

    @TempDir
    Path folder;

    @Test
    void whatItAsksForIsTold() throws Exception {
        int port = freePort();
        String group = "239.255.78.1:" + port;
        try (TestGateway gateway = new TestGateway(
                        folder,
                        "streams.\"live/out\"={ key: none, multicast: { address: \"" + group
                                + "\", interface: lo }, republish: [\"" + NOBODY + "\"] }",
                        "streams.\"live/in\".source=rtp://127.0.0.1@" + group + "?interface=lo",
                        "streams.\"live/pulled\".source=" + NOBODY);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/out"))) {
            assertEquals("publishing", publisher.next());
            Set<String> asked = asked();
            assertTrue(asked.size() > 40, asked.toString());
            Eventually.holds("all of " + asked, PATIENCE, () -> told(gateway).containsAll(asked));
        }
    }

    @Test
    void everyPanelIsExplainedAndAsksTheChosenSource() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertTrue(ids.add(panel.get("id").asInt()), "panel " + panel.get("title"));
            if (panel.get("type").asText().equals("row")) {
                continue;
            }
            assertTrue(
                    panel.get("description").asText().endsWith("."),
                    panel.get("title").asText());
            for (JsonNode target : panel.get("targets")) {
                assertEquals(
                        "${datasource}", target.get("datasource").get("uid").asText());
            }
        }
    }

    private static Set<String> asked() throws Exception {
        Set<String> all = new TreeSet<>();
        Matcher matcher = METRIC.matcher(java.nio.file.Files.readString(DASHBOARD));
        while (matcher.find()) {
            all.add(matcher.group());
        }
        return all;
    }

    private static Set<String> told(TestGateway gateway) throws Exception {
        String text = new String(gateway.get("metrics").body(), StandardCharsets.UTF_8);
        return TOLD.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort() & ~1;
        }
    }
}
