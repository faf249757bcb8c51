package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.cli.Main;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command {@code doctor} on hosts of networks whose faults are known. */
@Tag("lab")
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class DoctorLab {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static LabNetwork network;

    @BeforeAll
    static void start() {
        network = LabNetwork.builder()
                .lan("good")
                .lan("flood", SwitchKind.FLOODING)
                .host("talker", "good", "flood")
                .host("well", "good")
                .host("compared", "good", "flood")
                .host("humble", "good")
                .host("old", "good")
                .host("walled", "good")
                .host("flooded", "flood")
                .host("split", "good", "flood")
                .start();
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    /** What the command printed, and its exit code. */
    private record Said(int exitCode, JsonNode report) {
        JsonNode finding(String check) {
            for (JsonNode finding : report.get("findings")) {
                if (finding.get("check").textValue().equals(check)) {
                    return finding;
                }
            }
            throw new AssertionError("no finding " + check + " in " + report);
        }

        void expect(String verdict, String check, String part) {
            JsonNode finding = finding(check);
            assertEquals(verdict, finding.get("verdict").textValue(), finding::toString);
            assertTrue(finding.get("message").textValue().contains(part), finding::toString);
        }
    }

    /** Returns when it listens. */
    private static Process start(String host, List<String> wrapper, String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "doctor",
                "--json"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve(host + ".log");
        Process doctor = network.host(host).start(log, command);
        LabNetwork.await(
                "the doctor listens", () -> !doctor.isAlive() || text(log).contains("listening"));
        return doctor;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Said end(String host, Process doctor) throws Exception {
        String out = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = doctor.waitFor();
        if (out.isBlank()) {
            throw new AssertionError(text(folder.resolve(host + ".log")));
        }
        return new Said(exitCode, JSON.readTree(out));
    }

    private static Said doctor(String host, String... arguments) throws Exception {
        return end(host, start(host, List.of(), arguments));
    }

    /** While somebody sends to a group. */
    private static Said doctorOf(String group, String lan, String host, String... arguments) throws Exception {
        Talker talker = network.host("talker").talk(group, 5004, lan);
        try {
            return doctor(host, arguments);
        } finally {
            talker.close();
        }
    }

    @Test
    void findsNothingWrongWhereAllIsWell() throws Exception {
        Said said = doctor("well", "--listen", "12s");
        assertEquals(0, said.exitCode(), said::toString);
        assertEquals("packets and kernel tables", said.report().get("means").textValue());
        said.expect("ok", "igmp-querier", "a switch without an address (IGMPv3");
        said.expect("ok", "mld-querier", "fe80");
        said.expect("ok", "igmp-version", "IGMPv3");
        said.expect("ok", "mld-version", "MLDv2");
        said.expect("ok", "self-reception", "IPv4, IPv4 of a source, IPv6, IPv6 of a source");
        said.expect("ok", "link", network.host("well").address("good"));
    }

    /** iproute2, bridge and sysctl ask the same kernel another way; Wireshark has the same queries. */
    @Test
    void saysWhatForeignToolsSay() throws Exception {
        LabHost compared = network.host("compared");
        String group = "232.1.9.4";
        String source = network.host("talker").address("good");
        List<String> queriers;
        Said said;
        try (Sniffer sniffer = new Sniffer(compared, folder.resolve("queries.pcapng"), "igmp[0] == 0x11", "good")) {
            Process doctor = start(
                    "compared",
                    List.of(),
                    "--listen",
                    "12s",
                    "--interface",
                    "eth0",
                    "--group",
                    source + "@" + group + ":5004");
            // While the doctor is a member, the switch knows it as one.
            network.awaitMember("compared", "good", group);
            said = end("compared", doctor);
            queriers = Tshark.ofPackets(sniffer.stop()).rows("igmp.maddr == 0.0.0.0", "ip.src", "igmp.version").stream()
                    .map(row -> row.get(0) + " v" + row.get(1))
                    .distinct()
                    .toList();
        }
        LabNetwork.await("the switch has forgotten it", () -> !network.isMember("compared", "good", group));

        assertEquals(1, queriers.size(), queriers::toString);
        for (String heard : queriers) {
            String[] words = heard.split(" v", -1);
            String who = words[0].equals("0.0.0.0") ? "a switch without an address" : words[0];
            said.expect("ok", "igmp-querier", who + " (IGMPv" + words[1]);
        }
        // Which of the interfaces programs use that name none: the default route's.
        String route = compared.run("ip route get 239.255.255.250").replace("\n", " ");
        assertTrue(route.contains(" dev eth0 src " + compared.address("good") + " "), route);
        said.expect("ok", "route", "use eth0, from " + compared.address("good"));
        String link = compared.run("ip -oneline link show dev eth0");
        String mtu = link.replaceAll("(?s).* mtu (\\d+) .*", "$1");
        said.expect("ok", "mtu", "MTU " + mtu + ";");
        assertTrue(link.contains(",UP"), link);
        for (String setting : List.of("net.ipv4.igmp_max_memberships", "net.ipv4.igmp_max_msf")) {
            String value = compared.run("sysctl --values " + setting).strip();
            assertTrue(said.report().toString().contains(setting + " = " + value + ":"), said::toString);
        }
    }

    @Test
    void seesWithoutAnyRightThatSomebodyAsks() throws Exception {
        Requirement.program("setpriv");
        List<String> humble = List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all");
        Said said = end("humble", start("humble", humble, "--listen", "4s"));
        assertEquals(0, said.exitCode(), said::toString);
        assertEquals("kernel tables", said.report().get("means").textValue());
        said.expect("unknown", "igmp-querier", "somebody asked when we left a group");
        said.expect("unknown", "igmp-querier", "CAP_NET_RAW");
        said.expect("ok", "self-reception", "IPv6 of a source");
    }

    @Test
    void seesThatTheSwitchFloodsAndNobodyAsks() throws Exception {
        Said said = doctorOf("239.1.9.9", "flood", "flooded", "--listen", "5s");
        said.expect(
                "warning",
                "snooping",
                "239.1.9.9 from " + network.host("talker").address("flood"));
        said.expect("unknown", "igmp-querier", "and none when we left a group");
        said.expect("unknown", "mld-querier", "and none when we left a group");
    }

    @Test
    void saysThatVersion2KeepsSourcesFromBeingNamed() throws Exception {
        LabHost old = network.host("old");
        old.run("echo 2 >/proc/sys/net/ipv4/conf/eth0/force_igmp_version");
        Said said = doctor("old", "--listen", "1s", "--group", "10.1.1.1@232.1.9.1:5004", "--interface", "eth0");
        assertEquals(1, said.exitCode(), said::toString);
        said.expect("problem", "igmp-version", "net.ipv4.conf.eth0.force_igmp_version = 2");
        said.expect("problem", "group", "not even on the wire");
    }

    @Test
    void findsTheFirewallThatEatsGroups() throws Exception {
        Requirement.program("nft");
        LabHost walled = network.host("walled");
        walled.run(
                """
                nft add table inet filter
                nft 'add chain inet filter input { type filter hook input priority 0; }'
                nft add rule inet filter input meta l4proto udp drop
                """);
        String group = network.host("talker").address("good") + "@232.1.9.2:5004";
        Said said = doctorOf("232.1.9.2", "good", "walled", "--listen", "5s", "--group", group);
        assertEquals(1, said.exitCode(), said::toString);
        said.expect("problem", "group", "none reached the socket: this host drops them");
        said.expect("problem", "self-reception", "packet filter");
        said.expect("unknown", "firewall", "inet filter input");
    }

    @Test
    void findsTheReversePathThatDropsTheStream() throws Exception {
        LabHost split = network.host("split");
        // The talker's address in one LAN is routed by the interface to the other, as a wrong static route does.
        String source = network.host("talker").address("flood");
        split.run("echo 1 >/proc/sys/net/ipv4/conf/eth1/rp_filter\nip route add " + source + "/32 dev eth0");
        Said said = doctorOf(
                "232.1.9.3",
                "flood",
                "split",
                "--listen",
                "3s",
                "--interface",
                "eth1",
                "--group",
                source + "@232.1.9.3:5004");
        assertEquals(1, said.exitCode(), said::toString);
        said.expect("problem", "group", "this host drops them");
        said.expect("problem", "reverse-path", "packets while we listened");
    }
}
