package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Outputs that curl starts, changes and stops by the API: players of the others don't notice, and Wireshark sees the
 * changes, in a LAN whose switch sends everything everywhere.
 */
@Tag("lab")
@Order(4)
@Execution(ExecutionMode.CONCURRENT)
class SwitchesLab {
    private static final int PORT = 5004;
    private static final int BEGINNING_S = 2;
    private static final int SECONDS = 10;
    private static final String CONFIGURATION =
            """
            multicast: { interface: eth0, sap: false }
            streams:
              live/kept:    { key: none, hls: none, multicast: { address: "239.10.6.1:5004" } }
              live/changed: { key: none, hls: { segment: 1s, format: [ts] }, multicast: { address: "239.10.6.2:5004" } }
              live/six:     { key: none, hls: none, multicast: { address: "[ff15::8000:63]:5004" } }
              live/twin:    { key: none, hls: none, multicast: { address: "239.138.6.1:5004" } }
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
                .host("gstreamer", "open")
                .host("ffmpeg", "open")
                .host("wire", "open")
                .start();
        gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
        for (String name : List.of("kept", "changed", "six", "twin")) {
            gateway.publish(Film.B_FRAMES, "live/" + name);
        }
        for (String name : List.of("kept", "changed", "six", "twin")) {
            gateway.awaitSent("live/" + name, BEGINNING_S);
        }
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    private static void curl(String method, String path, String body) {
        network.host("gw")
                .run("curl --silent --show-error --fail --output /dev/null -H '" + gateway.authorization() + "' -X "
                        + method + " -d '" + body + "' http://localhost:8080/api/v1/multicasts/" + path);
    }

    /** Where it is sent, and how often since it was started anew. */
    private static void awaitState(String path, String state) {
        LabNetwork.await(path + " is " + state, () -> gateway.multicast(path)
                .map(output -> output.get("state").asText().equals(state))
                .orElse(false));
    }

    /** Waits until more has gone out since. */
    private static void awaitMore(String path) {
        long now = units(path);
        LabNetwork.await("more of " + path + " is sent", () -> units(path) > now + Film.UNITS_PER_SECOND);
    }

    private static long units(String path) {
        return gateway.multicast(path)
                .map(output -> output.at("/departure/accessUnits").asLong())
                .orElse(0L);
    }

    /** One plays another stream's multicast, one the same stream's HLS. */
    @Test
    void playersOfOtherOutputsNoticeNothing() throws Exception {
        GstreamerPlayer gstreamer =
                new GstreamerPlayer(network.host("gstreamer"), folder, "gstreamer", "239.10.6.1", PORT, "eth0");
        gstreamer.awaitPlayed(1);
        int steps = gateway.steps("live/kept");
        try (Sniffer sniffer =
                new Sniffer(network.host("wire"), folder.resolve("changes.pcapng"), "udp port " + PORT, "open")) {
            FfmpegPlayer ffmpeg = new FfmpegPlayer(
                    network.host("ffmpeg"),
                    folder,
                    "ffmpeg",
                    SECONDS,
                    List.of("-i", gateway.http("open", "live/changed.m3u8")));
            awaitMore("live/changed");
            curl("PATCH", "live/changed", "{\"ttl\":7}");
            awaitMore("live/changed");
            curl("PATCH", "live/changed", "{\"dscp\":\"EF\"}");
            awaitMore("live/changed");
            curl("PATCH", "live/changed", "{\"address\":\"239.10.6.9:5004\"}");
            awaitState("live/changed", "sending");
            awaitMore("live/changed");
            curl("DELETE", "live/changed", "");
            awaitState("live/changed", "stopped");
            curl("POST", "live/changed", "{}");
            awaitState("live/changed", "sending");
            awaitMore("live/changed");
            ffmpeg.awaitEnd();
            gstreamer.awaitPlayed(SECONDS);
            ffmpeg.assertPlayed(Film.B_FRAMES, 0);
            gstreamer.assertPlayed(Film.B_FRAMES, SECONDS, gateway.steps("live/kept") - steps);
            assertChanges(Tshark.ofDatagrams(sniffer.stop(), PORT, true));
        }
    }

    private static void assertChanges(Tshark tshark) throws Exception {
        List<String> seen = tshark
                .rows("rtp && ip.dst >= 239.10.6.2 && ip.dst <= 239.10.6.9", "ip.dst", "ip.ttl", "ip.dsfield.dscp")
                .stream()
                .map(row -> String.join(" ", row))
                .toList();
        List<String> expected = List.of("239.10.6.2 1 34", "239.10.6.2 7 34", "239.10.6.2 7 46", "239.10.6.9 7 46");
        assertEquals(expected, seen.stream().distinct().toList());
        for (int i = 1; i < seen.size(); i++) {
            int before = expected.indexOf(seen.get(i - 1));
            int now = expected.indexOf(seen.get(i));
            assertTrue(now == before || now == before + 1, "each change once");
        }
        List<String> sources = tshark.values("rtp && ip.dst == 239.10.6.9", "rtp.ssrc").stream()
                .distinct()
                .toList();
        assertEquals(1, sources.size(), "started anew it is the same source");
        assertEquals(
                sources,
                tshark.values("rtp && ip.dst == 239.10.6.2", "rtp.ssrc").stream()
                        .distinct()
                        .toList());
        assertEquals(
                List.of("239.10.6.1 1 34"),
                tshark.rows("rtp && ip.dst == 239.10.6.1", "ip.dst", "ip.ttl", "ip.dsfield.dscp").stream()
                        .map(row -> String.join(" ", row))
                        .distinct()
                        .toList(),
                "the others are as they were");
    }

    @Test
    void classAndHopLimitOfIpv6AreChangedToo() throws Exception {
        try (Sniffer sniffer =
                new Sniffer(network.host("wire"), folder.resolve("six.pcapng"), "ip6 and udp port " + PORT, "open")) {
            awaitMore("live/six");
            curl("PATCH", "live/six", "{\"ttl\":9,\"dscp\":\"CS4\"}");
            awaitMore("live/six");
            List<String> seen = Tshark.ofDatagrams(sniffer.stop(), PORT, true)
                    .rows("rtp && ipv6.dst == ff15::8000:63", "ipv6.hlim", "ipv6.tclass.dscp")
                    .stream()
                    .map(row -> String.join(" ", row))
                    .distinct()
                    .toList();
            assertEquals(List.of("1 34", "9 32"), seen);
        }
    }

    /** Of that the address plan warns: a card that lets the one in lets the other in. */
    @Test
    void groupsThatAreSaidToShareAnEthernetAddressDo() throws Exception {
        String warning =
                gateway.multicast("live/twin").orElseThrow().get("warnings").toString();
        try (Sniffer sniffer =
                        new Sniffer(network.host("wire"), folder.resolve("twins.pcapng"), "udp port " + PORT, "open");
                Listener one =
                        new Listener(network.host("wire"), "open", "239.10.6.1", PORT, "any", folder.resolve("one"))) {
            String joined = network.host("wire").run("ip maddr show dev eth0").toLowerCase(Locale.ROOT);
            one.awaitDatagrams(60);
            assertTrue(one.stop().datagrams() > 0);
            Tshark tshark = Tshark.ofDatagrams(sniffer.stop(), PORT, true);
            for (String group : List.of("239.10.6.1", "239.138.6.1")) {
                List<String> ethernet = tshark.values("rtp && ip.dst == " + group, "eth.dst").stream()
                        .distinct()
                        .toList();
                assertEquals(List.of("01:00:5e:0a:06:01"), ethernet);
            }
            assertTrue(joined.contains("01:00:5e:0a:06:01"), joined);
            assertTrue(
                    warning.contains("239.10.6.1 of live/kept have the same Ethernet address 01:00:5e:0a:06:01"),
                    warning);
        }
    }

    /** By UDP it takes RTMFP, and what receivers report of each session next to the session's port; nothing else. */
    @Test
    void theKernelKnowsNoPortsButThoseOfReports() {
        Requirement.program("ss");
        List<String> bound = network.host("gw")
                .run("ss --udp --listening --numeric --no-header")
                .lines()
                .map(line -> line.strip().split(" +", -1)[3].replaceFirst("%[a-z0-9]+", ""))
                .filter(address -> !address.startsWith("239.10.6.2:") && !address.startsWith("239.10.6.9:"))
                .sorted()
                .toList();
        assertEquals(List.of("127.0.0.1:1935", "239.10.6.1:5005", "239.138.6.1:5005", "[ff15::8000:63]:5005"), bound);
    }
}
