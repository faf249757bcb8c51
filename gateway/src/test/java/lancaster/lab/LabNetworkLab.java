package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The network of the lab itself: what its switches, cables and routers do to plain datagrams. */
@Tag("lab")
@Execution(ExecutionMode.CONCURRENT)
class LabNetworkLab {
    private static final int COUNT = 500;
    private static final int PORT = 5004;
    private static final String ANY = "any";
    /** What a port may see of IGMP, MLD, ARP and neighbour discovery meanwhile: a tenth of what it must not see. */
    private static final int CHATTER_BYTES = COUNT * 1316 / 10;

    @TempDir
    static Path folder;

    private static LabNetwork network;

    @BeforeAll
    static void start() {
        network = LabNetwork.builder()
                .lan("a")
                .lan("b")
                .lan("flood", SwitchKind.FLOODING)
                .lan("none", SwitchKind.WITHOUT_MULTICAST)
                .lan("far")
                .host("gw", "a", "b", "flood", "none")
                .defaultRoute("gw", "b")
                .host("v1", "a", "flood", "none")
                .host("v2", "a", "flood", "b")
                .host("v3", "a")
                .host("lossy", "a")
                .host("away", "far")
                .router("rtr", "a", "far")
                .loss("lossy", 10)
                .start();
        String gateway = network.host("gw").address("a");
        String gateway6 = network.host("gw").address6("a");
        new MulticastRoutes(network.host("rtr"), folder)
                .add("232.1.1.10", gateway, "a", "far")
                .add("232.1.1.20", gateway, "a", "far")
                .add("ff3e::8000:10", gateway6, "a", "far")
                .add("ff3e::8000:20", gateway6, "a", "far")
                .start();
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"239.1.1.1", "ff15::1"})
    void onlyThePortThatJoinedSeesAGroup(String group) throws Exception {
        long other = network.bytesTo("v2", "a");
        assertEquals(COUNT, heard("v1", "a", group, ANY, 1).datagrams());
        assertTrue(network.bytesTo("v2", "a") - other < CHATTER_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"232.1.1.1", "ff3e::8000:1"})
    void onlyTheSourceThatWasNamedIsHeard(String group) throws Exception {
        LabHost gateway = network.host("gw");
        boolean ipv6 = group.contains(":");
        String source = ipv6 ? gateway.address6("a") : gateway.address("a");
        Heard right = heard("v1", "a", group, source, 1);
        assertEquals(COUNT, right.datagrams());
        assertEquals(InetAddress.getByName(source), InetAddress.getByName(right.from()));
        long port = network.bytesTo("v3", "a");
        String wrong =
                ipv6 ? network.host("v2").address6("a") : network.host("v2").address("a");
        assertEquals(0, heard("v3", "a", group, wrong, 1).datagrams());
        assertTrue(network.bytesTo("v3", "a") - port < CHATTER_BYTES, "the switch knows the source too");
    }

    @Test
    void aSwitchThatDoesNotSnoopFloods() throws Exception {
        long other = network.packetsTo("v2", "flood");
        assertEquals(COUNT, heard("v1", "flood", "239.1.1.3", ANY, 1).datagrams());
        assertTrue(network.packetsTo("v2", "flood") - other >= COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"239.1.1.4", "ff15::4"})
    void aLanWithoutMulticastStaysSilent(String group) throws Exception {
        assertEquals(0, heard("v1", "none", group, ANY, 1).datagrams());
    }

    @Test
    void packetsAreLostAtRandom() throws Exception {
        long heard = heard("lossy", "a", "239.1.1.5", ANY, 1).datagrams();
        // Of 500 with one in ten lost 450 arrive, with a standard deviation of 6.7.
        assertTrue(heard > 405 && heard < 495, () -> heard + " of " + COUNT);
    }

    @ParameterizedTest
    @CsvSource({"232.1.1.10, 1, 0", "232.1.1.20, 2, 500", "ff3e::8000:10, 1, 0", "ff3e::8000:20, 2, 500"})
    void theRouterForwardsWhatHasHopsLeft(String group, int ttl, int expected) throws Exception {
        LabHost gateway = network.host("gw");
        String source = group.contains(":") ? gateway.address6("a") : gateway.address("a");
        assertEquals(expected, heard("away", "far", group, source, ttl).datagrams());
    }

    @Test
    void aCableIsPulledAndPutInAgain() throws Exception {
        network.unplug("v2", "b");
        assertEquals(0, heard("v2", "b", "239.1.1.6", ANY, 1).datagrams());
        network.plug("v2", "b");
        assertEquals(COUNT, heard("v2", "b", "239.1.1.6", ANY, 1).datagrams());
    }

    @Test
    void processesEndWithTheNetwork() throws Exception {
        Process sleeper;
        try (LabNetwork small = LabNetwork.builder().lan("a").host("h", "a").start()) {
            sleeper = small.host("h").start(folder.resolve("sleeper"), List.of("sh", "-c", "sleep 1000; true"));
        }
        assertTrue(sleeper.waitFor(10, TimeUnit.SECONDS));
    }

    /** Sends from the gateway to one listener. */
    private static Heard heard(String at, String lan, String group, String source, int ttl) throws Exception {
        String name = (at + "-" + group + "-" + source + "-" + ttl).replace(':', '_');
        try (Listener listener = new Listener(network.host(at), lan, group, PORT, source, folder.resolve(name))) {
            if (network.isPlugged(at, lan) && network.lan(lan).kind().asks()) {
                network.awaitMember(at, lan, group);
            }
            String from = network.host("gw").lans().contains(network.lan(lan)) ? lan : "a";
            network.host("gw").talk(group, PORT, from, ttl, COUNT);
            return listener.stop();
        }
    }
}
