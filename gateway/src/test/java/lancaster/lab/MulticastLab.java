package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import lancaster.kit.Requirement;
import lancaster.multicast.AddressPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the gateway's datagrams go: out of the interface that was named, to those who joined, as far as they may. */
@Tag("lab")
@Execution(ExecutionMode.CONCURRENT)
class MulticastLab {
    private static final int PORT = 5004;
    private static final String ANY = "any";
    /** As many as a second of the film has. */
    private static final int SOME = 60;
    /** What a port may see meanwhile of IGMP, MLD, ARP and neighbour discovery: much less than of any stream. */
    private static final int CHATTER_BYTES = 15_000;

    /** Its default route is by the first LAN; half of the streams are to leave by the second. */
    private static final String CONFIGURATION =
            """
            multicast: { sap: false }
            streams:
              live/first:  { key: none, hls: none, multicast: { address: "239.10.1.1:5004", interface: 10.1.0.1 } }
              live/second: { key: none, hls: none, multicast: { address: "232.10.1.2:5004", interface: eth1 } }
              live/six:    { key: none, hls: none, multicast: { address: "[ff15::8000:3]:5004", interface: eth1 } }
              live/six-s:  { key: none, hls: none, multicast: { address: "[ff3e::8000:4]:5004", interface: eth0, ttl: 2 } }
              live/near:   { key: none, hls: none, multicast: { address: "232.10.1.5:5004", interface: eth0 } }
              live/far:    { key: none, hls: none, multicast: { address: "232.10.1.6:5004", interface: eth0, ttl: 2 } }
              live/quiet:  { key: none, hls: none, multicast: { address: "239.10.1.7:5004", interface: eth2 } }
              live/planned: { key: none, hls: none, multicast: { interface: eth0 } }
            """;

    @TempDir
    static Path folder;

    private static LabNetwork network;
    private static LabGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        network = LabNetwork.builder()
                .lan("first")
                .lan("second")
                .lan("quiet", SwitchKind.WITHOUT_MULTICAST)
                .lan("away")
                .host("gw", "first", "second", "quiet")
                .host("v1", "first", "second", "quiet")
                .host("v2", "first", "second")
                .host("v3", "away")
                .host("w1", "first", "second")
                .host("w2", "first", "second")
                .router("router", "first", "away")
                .start();
        LabHost host = network.host("gw");
        new MulticastRoutes(network.host("router"), folder)
                .add("232.10.1.5", host.address("first"), "first", "away")
                .add("232.10.1.6", host.address("first"), "first", "away")
                .add("ff3e::8000:4", host.address6("first"), "first", "away")
                .start();
        gateway = new LabGateway(host, folder.resolve("gateway"), CONFIGURATION);
        for (String path : List.of("first", "second", "six", "six-s", "near", "far", "quiet", "planned")) {
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
    @CsvSource({"first, 239.10.1.1", "second, 232.10.1.2", "second, ff15::8000:3", "first, ff3e::8000:4"})
    void theNamedInterfaceSendsToThePortThatJoined(String lan, String group) throws Exception {
        boolean ipv6 = group.contains(":");
        String source =
                ipv6 ? network.host("gw").address6(lan) : network.host("gw").address(lan);
        boolean anySource = group.startsWith("239") || group.startsWith("ff15");
        long before = network.packetsTo("v1", lan);
        long other = network.bytesTo("v2", lan);
        try (Listener listener = listener("v1", lan, group, anySource ? ANY : source)) {
            listener.awaitDatagrams(SOME);
            Heard heard = listener.stop();
            assertEquals(InetAddress.getByName(source), InetAddress.getByName(heard.from()));
            assertTrue(network.packetsTo("v1", lan) - before >= heard.datagrams());
            long more = network.bytesTo("v2", lan) - other;
            assertTrue(more < CHATTER_BYTES, () -> "who didn't join gets " + more + " bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({"second, first, 232.10.1.2", "first, second, ff3e::8000:4"})
    void otherInterfacesAndSourcesStaySilent(String lan, String otherLan, String group) throws Exception {
        boolean ipv6 = group.contains(":");
        LabHost host = network.host("gw");
        String source = ipv6 ? host.address6(lan) : host.address(lan);
        String otherSource = ipv6 ? host.address6(otherLan) : host.address(otherLan);
        try (Listener right = listener("v1", lan, group, source);
                Listener otherInterface = listener("w1", otherLan, group, ANY);
                Listener wrongSource = listener("w2", lan, group, otherSource)) {
            right.awaitDatagrams(SOME);
            assertEquals(0, otherInterface.stop().datagrams());
            assertEquals(0, wrongSource.stop().datagrams());
        }
    }

    @Test
    void timeToLiveLimitsHowFarItGoes() throws Exception {
        LabHost host = network.host("gw");
        try (Listener far = listener("v3", "away", "232.10.1.6", host.address("first"));
                Listener far6 = listener("v3", "away", "ff3e::8000:4", host.address6("first"));
                Listener near = listener("v3", "away", "232.10.1.5", host.address("first"))) {
            far.awaitDatagrams(SOME);
            far6.awaitDatagrams(SOME);
            assertEquals(0, near.stop().datagrams(), "one hop is the default");
        }
    }

    @Test
    void aStreamThatNamesNoGroupHasThatOfThePlanOnTheWire() throws Exception {
        Requirement.program("tshark", "tshark");
        InetAddress planned = new AddressPlan(AddressPlan.DEFAULT_RANGE)
                .groupFor("live/planned", taken -> false)
                .orElseThrow();
        byte[] bytes = planned.getAddress();
        String ethernet = String.format("01:00:5e:%02x:%02x:%02x", bytes[1] & 0x7f, bytes[2] & 0xff, bytes[3] & 0xff);
        String group = planned.getHostAddress();
        LabHost viewer = network.host("v1");
        String device = viewer.device("first");
        try (Listener joined = listener("v1", "first", group, ANY)) {
            joined.awaitDatagrams(1);
            String seen = viewer.run(
                    "timeout 20 tshark -n -i " + device + " -c 1 -f 'udp dst port " + PORT + " and dst " + group
                            + "' -T fields -E separator=, -e eth.dst -e ip.dst -e ip.src -e ip.ttl 2>/dev/null");
            String from = network.host("gw").address("first");
            assertEquals(String.join(",", ethernet, group, from, "1"), seen.strip());
            String filter = viewer.run("ip maddr show dev " + device);
            assertTrue(filter.contains(ethernet), () -> "what the kernel of the viewer lets in: " + filter);
        }
    }

    @Test
    void aLanWithoutMulticastGetsNothing() throws Exception {
        try (Listener quiet = listener("v1", "quiet", "239.10.1.7", ANY);
                Listener first = listener("v1", "first", "239.10.1.1", ANY)) {
            first.awaitDatagrams(SOME);
            assertEquals(0, quiet.stop().datagrams());
        }
    }

    private static Listener listener(String at, String lan, String group, String source) throws Exception {
        String name = (at + "-" + lan + "-" + group + "-" + source).replace(':', '_');
        return new Listener(network.host(at), lan, group, PORT, source, folder.resolve(name));
    }
}
