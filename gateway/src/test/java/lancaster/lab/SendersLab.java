package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders make of their interfaces: classes on the wire, copies on two networks, an address that vanishes. */
@Tag("lab")
@Execution(ExecutionMode.CONCURRENT)
class SendersLab {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANY = "any";
    private static final int PORT = 5004;
    private static final int SOME = 20;
    private static final String CONFIGURATION =
            """
            streams:
              live/four: { key: none, hls: none, multicast: { address: "239.10.2.1:5004", interface: eth0 } }
              live/six:  { key: none, hls: none, multicast: { address: "[ff15::8000:21]:5004", interface: eth0, dscp: EF } }
              live/link: { key: none, hls: none, multicast: { address: "[ff12::8000:22]:5004", interface: eth0, dscp: 32 } }
              live/narrow: { key: none, hls: none, multicast: { address: "239.10.2.4:5004", interface: eth3 } }
              live/both:
                key: none
                hls: none
                multicast: { address: "239.10.2.2:5004", interface: eth0, duplicate: { interface: eth1 } }
              live/moved: { key: none, hls: none, multicast: { address: "239.10.2.3:5004", interface: eth2 } }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabHost host;
    private static LabGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        network = LabNetwork.builder()
                .lan("first")
                .lan("second")
                .lan("third")
                .lan("fourth")
                .host("gw", "first", "second", "third", "fourth")
                .host("v1", "first", "fourth")
                .host("v2", "first", "second", "third")
                .start();
        host = network.host("gw");
        host.run("ip link set eth3 mtu 1300");
        gateway = new LabGateway(host, folder.resolve("gateway"), CONFIGURATION);
        for (String path : List.of("four", "six", "link", "moved", "narrow")) {
            gateway.publish(Film.B_FRAMES, "live/" + path);
        }
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"ip, 239.10.2.1, af41", "ip6, ff15::8000:21, ef", "ip6, ff12::8000:22, cs4"})
    void datagramsCarryTheirClass(String family, String group, String dscp) throws Exception {
        try (Listener listener = listener("v1", "first", group)) {
            try {
                network.host("v1")
                        .run(
                                """
                        nft add table netdev class_%3$s
                        nft 'add chain netdev class_%3$s in { type filter hook ingress device eth0 priority 0; }'
                        nft 'add rule netdev class_%3$s in %1$s daddr %2$s %1$s dscp %3$s counter'
                        nft 'add rule netdev class_%3$s in %1$s daddr %2$s %1$s dscp != %3$s counter'
                        """
                                        .formatted(family, group, dscp));
            } catch (IllegalStateException e) {
                throw Requirement.missing("counters by nft (Debian: nftables), " + e.getMessage());
            }
            listener.awaitDatagrams(SOME);
            LabNetwork.await("packets are counted", () -> network.host("v1")
                    .run("nft list table netdev class_" + dscp)
                    .matches("(?s).*dscp " + dscp + " counter packets [1-9].*"));
            String counted = network.host("v1").run("nft list table netdev class_" + dscp);
            assertTrue(counted.matches("(?s).*dscp != " + dscp + " counter packets 0 .*"), counted);
        }
    }

    @Test
    void copiesOnTwoNetworksAreTheSameBitForBit() throws Exception {
        String group = "239.10.2.2";
        try (Listener first = listener("v2", "first", group);
                Listener second = listener("v2", "second", group)) {
            // Both have joined before anything leaves.
            network.awaitMember("v2", "first", group);
            network.awaitMember("v2", "second", group);
            gateway.publish(Film.B_FRAMES, "live/both");
            first.awaitDatagrams(SOME);
            second.awaitDatagrams(SOME);
            first.stop();
            second.stop();
        }
        byte[] one = Files.readAllBytes(file("v2", "first", group));
        byte[] other = Files.readAllBytes(file("v2", "second", group));
        int both = Math.min(one.length, other.length);
        assertTrue(both > SOME * 188);
        assertArrayEquals(Arrays.copyOf(one, both), Arrays.copyOf(other, both));
    }

    /** Segments larger than the interface takes are none: each datagram leaves on its own, and in pieces. */
    @Test
    void aNarrowInterfaceIsWarnedOfAndServed() throws Exception {
        try (Listener listener = listener("v1", "fourth", "239.10.2.4")) {
            listener.awaitDatagrams(SOME);
            assertEquals(host.address("fourth"), listener.stop().from());
        }
        assertEquals(
                "interface eth3 has an MTU of 1300: packets of 1356 bytes leave it in pieces, and one lost piece loses all",
                output("narrow").get("warnings").get(0).textValue());
    }

    @Test
    void anAddressThatVanishesIsNamedAndAnotherIsTaken() throws Exception {
        String group = "239.10.2.3";
        awaitState("sending");
        String address = host.run("ip -4 -o addr show dev eth2").strip().split(" +", -1)[3];
        String moved = address.replaceFirst("\\.\\d+/", ".77/");
        host.run("ip addr del " + address + " dev eth2");
        awaitState("retrying");
        LabNetwork.await("the reason is told", () -> output("moved")
                .get("reason")
                .textValue()
                .startsWith("interface eth2 has no IPv4 address to send to " + group + " from; it is eth2 ("));
        host.run("ip addr add " + moved + " dev eth2");
        awaitState("sending");
        assertTrue(output("moved").get("restarts").asInt() > 0);
        try (Listener listener = listener("v2", "third", group)) {
            listener.awaitDatagrams(SOME);
            assertEquals(moved.replaceFirst("/.*", ""), listener.stop().from());
        }
    }

    private static Listener listener(String at, String lan, String group) throws Exception {
        // What is link-local is bound with its interface (RFC 4007 §6).
        String zone = group.startsWith("ff12") ? "%" + network.host(at).device(lan) : "";
        return new Listener(network.host(at), lan, group + zone, PORT, ANY, file(at, lan, group));
    }

    private static Path file(String at, String lan, String group) {
        return folder.resolve((at + "-" + lan + "-" + group).replace(':', '_'));
    }

    private static void awaitState(String state) {
        LabNetwork.await(
                "multicast is " + state,
                () -> output("moved").path("state").asText().equals(state));
    }

    private static JsonNode output(String name) {
        return host.fetch("http://localhost:8080/api/v1/multicasts/live/" + name, gateway.authorization())
                .map(body -> {
                    try {
                        return JSON.readTree(body.toArray());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElseGet(JSON::createObjectNode);
    }
}
