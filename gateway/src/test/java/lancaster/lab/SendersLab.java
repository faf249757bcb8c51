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
import lancaster.cli.Main;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with two interfaces, whose default route is the one that multicast must not take. */
@Tag("lab")
class SendersLab {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PORT = 5004;
    /** With the line end that the shell of a host waits for. */
    private static final String CURL = "curl -s -w '\\n' --max-time 5 ";

    private static final String API = "http://localhost:8080/api/v1/multicasts/live/card";
    /** Of a listener; less than a second of the test card. */
    private static final long SOME_BYTES = 20_000;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabHost gateway;

    @BeforeAll
    static void start() {
        Requirement.program("curl");
        network = LabNetwork.builder()
                .lan("a")
                .lan("b")
                .lan("far")
                .host("gw", "a", "b")
                .defaultRoute("gw", "b")
                .host("v1", "a")
                .host("v2", "b")
                .host("away", "far")
                .router("rtr", "a", "far")
                .start();
        gateway = network.host("gw");
        new MulticastRoutes(network.host("rtr"), folder)
                .add("239.192.1.3", gateway.address("a"), "a", "far")
                .start();
        gateway.java(
                folder.resolve("gateway.log"),
                Main.class,
                List.of(
                        "run",
                        "--multicast",
                        "eth0",
                        "--state",
                        folder.resolve("state").toString(),
                        "--runtime",
                        folder.resolve("segments").toString(),
                        "--set",
                        "streams.\"*/*\".key=none"));
        LabNetwork.await("the gateway is ready", () -> answers("curl -sf http://localhost:8080/readyz"));
        gateway.java(
                folder.resolve("card.log"), Main.class, List.of("publish", "testcard", "rtmp://127.0.0.1/live/card"));
        awaitState("sending");
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    @ParameterizedTest
    @CsvSource({"239.192.1.1:5004, ip", "[ff3e::8000:1]:5004, ip6"})
    void datagramsLeaveByTheNamedInterfaceFromItsAddressInTheirClass(String address, String family) throws Exception {
        boolean ipv6 = family.equals("ip6");
        String group = address.substring(ipv6 ? 1 : 0, address.lastIndexOf(':') - (ipv6 ? 1 : 0));
        String source = ipv6 ? gateway.address6("a") : gateway.address("a");
        network.host("v1")
                .run(
                        """
                nft add table netdev class_%1$s
                nft 'add chain netdev class_%1$s in { type filter hook ingress device eth0 priority 0; }'
                nft 'add rule netdev class_%1$s in %1$s daddr %2$s %1$s dscp af41 counter'
                """
                                .formatted(family, group));
        change("{\"address\":\"" + address + "\",\"ttl\":1,\"duplicate\":\"none\"}");
        try (Listener near = new Listener(network.host("v1"), "a", group, PORT, source, file("near" + family));
                Listener other = new Listener(network.host("v2"), "b", group, PORT, "any", file("other" + family))) {
            awaitBytes(file("near" + family));
            assertEquals(0, other.stop().datagrams(), "by the other interface");
            assertTrue(near.stop().from().startsWith(source.substring(0, 4)));
        }
        String counted = network.host("v1").run("nft list table netdev class_" + family);
        assertTrue(counted.matches("(?s).*counter packets [1-9].*"), counted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void routersForwardWhatHasHopsLeft(int ttl) throws Exception {
        String group = "239.192.1.3";
        change("{\"address\":\"" + group + ":5004\",\"ttl\":" + ttl + ",\"duplicate\":\"none\"}");
        try (Listener near = new Listener(network.host("v1"), "a", group, PORT, "any", file("near-ttl" + ttl));
                Listener far = new Listener(network.host("away"), "far", group, PORT, "any", file("far" + ttl))) {
            if (ttl > 1) {
                awaitBytes(file("far" + ttl));
            }
            awaitBytes(file("near-ttl" + ttl));
            assertEquals(ttl > 1, far.stop().datagrams() > 0);
            assertTrue(near.stop().datagrams() > 0);
        }
    }

    @Test
    void copiesOnTwoNetworksAreTheSameBitForBit() throws Exception {
        String group = "239.192.1.4";
        try (Listener first = new Listener(network.host("v1"), "a", group, PORT, "any", file("first"));
                Listener second = new Listener(network.host("v2"), "b", group, PORT, "any", file("second"))) {
            // Both have joined before anything leaves.
            network.awaitMember("v1", "a", group);
            network.awaitMember("v2", "b", group);
            change("{\"address\":\"" + group + ":5004\",\"duplicate\":{\"interface\":\"eth1\"}}");
            awaitBytes(file("first"));
            awaitBytes(file("second"));
            first.stop();
            second.stop();
        }
        byte[] one = Files.readAllBytes(file("first"));
        byte[] other = Files.readAllBytes(file("second"));
        int both = Math.min(one.length, other.length);
        assertTrue(both >= SOME_BYTES);
        assertArrayEquals(Arrays.copyOf(one, both), Arrays.copyOf(other, both));
    }

    @Test
    void anAddressThatVanishesIsNamedAndItsReturnIsNoticed() throws Exception {
        String group = "239.192.1.5";
        change("{\"address\":\"" + group + ":5004\",\"duplicate\":\"none\"}");
        String address = gateway.run("ip -4 -o addr show dev eth0").strip().split(" +", -1)[3];
        gateway.run("ip addr del " + address + " dev eth0");
        try {
            awaitState("retrying");
            LabNetwork.await("the reason is told", () -> output().get("reason")
                    .textValue()
                    .startsWith("interface eth0 has no IPv4 address to send to " + group + " from; it is eth0 ("));
        } finally {
            gateway.run("ip addr add " + address + " dev eth0");
        }
        awaitState("sending");
        assertTrue(output().get("restarts").asInt() > 0);
        try (Listener listener = new Listener(network.host("v1"), "a", group, PORT, "any", file("back"))) {
            awaitBytes(file("back"));
            assertEquals(gateway.address("a"), listener.stop().from());
        }
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static void change(String json) throws IOException {
        String answer = gateway.run(CURL + "-X PATCH -d '" + json + "' " + API);
        assertTrue(JSON.readTree(answer).has("state"), answer);
        awaitState("sending");
    }

    private static void awaitState(String state) {
        LabNetwork.await(
                "multicast is " + state, () -> output().path("state").asText().equals(state));
    }

    private static JsonNode output() {
        try {
            return JSON.readTree(gateway.run(CURL + API));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(String command) {
        try {
            gateway.run(command);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void awaitBytes(Path file) {
        LabNetwork.await("datagrams in " + file.getFileName(), () -> {
            try {
                return Files.size(file) >= SOME_BYTES;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
