package lancaster.doctor;

import static lancaster.doctor.RecordedHost.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lancaster.igmp.GroupProtocol;
import lancaster.igmp.HeardQuerier;
import lancaster.multicast.MulticastGroup;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from recorded situations, and what doesn't. */
class ReportTest {
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();
    private static final String V4 = "10.7.0.1/24";
    private static final String V6 = "fd00:7::1/64";

    @TempDir
    Path folder;

    private RecordedHost host(String recording) {
        return RecordedHost.of(recording, folder);
    }

    private static Finding finding(Report report, String check, String interfaceName) {
        List<Finding> found = report.findings().stream()
                .filter(one -> one.check().equals(check) && one.interfaceName().equals(interfaceName))
                .toList();
        assertEquals(1, found.size(), () -> check + " of " + interfaceName + " in " + report.findings());
        return found.get(0);
    }

    private static void assertFinding(Verdict verdict, String part, Report report, String check, String interfaceName) {
        Finding found = finding(report, check, interfaceName);
        assertEquals(verdict, found.verdict(), found::toString);
        assertTrue((found.message() + " " + found.fix()).contains(part), found::toString);
    }

    private static void assertNothing(Report report, String check, String interfaceName) {
        assertFalse(report.findings().stream()
                .anyMatch(
                        one -> one.check().equals(check) && one.interfaceName().equals(interfaceName)));
    }

    private static Heard packets(
            long seconds, List<HeardQuerier> queriers, List<InetAddress> askers, ForeignGroup... foreign) {
        return new Heard("eth0", seconds * SECOND_NS, true, "", queriers, askers, false, false, 0, List.of(foreign));
    }

    private static HeardQuerier querier(String address, int version, long queries) {
        return new HeardQuerier(
                GroupProtocol.of(ip(address)), ip(address), version, version == 2 ? 0 : 125, queries, 0, SECOND_NS);
    }

    @Nested
    class Queriers {
        @Test
        void isHeardByPackets() {
            Report report = host("healthy")
                    .link("eth0", V4, V6)
                    .heard(packets(10, List.of(querier("10.7.0.254", 3, 2), querier("fe80::1", 2, 1)), List.of()))
                    .report();
            assertFinding(Verdict.OK, "10.7.0.254 (IGMPv3, every 125 s as it says)", report, "igmp-querier", "eth0");
            assertFinding(Verdict.OK, "fe80::1", report, "mld-querier", "eth0");
            assertEquals("packets and kernel tables", report.means());
        }

        @Test
        void isUnknownWithoutPacketsAsTheTablesDontShowVersion3() {
            Report report =
                    host("healthy").link("eth0", V4, V6).heardNothing("eth0").report();
            assertFinding(Verdict.UNKNOWN, "nobody asked when we left a group", report, "igmp-querier", "eth0");
            assertFinding(Verdict.UNKNOWN, "CAP_NET_RAW", report, "igmp-querier", "eth0");
            assertEquals("kernel tables", report.means());
        }

        @Test
        void isSeenWithoutPacketsWhenItAsksAboutALeave() {
            Report report = host("healthy")
                    .link("eth0", V4, V6)
                    .heard(RecordedHost.deaf("eth0", true))
                    .report();
            assertFinding(Verdict.UNKNOWN, "somebody asked when we left a group", report, "igmp-querier", "eth0");
        }

        @Test
        void isSeenInTheTableWhereItSpeaksVersion2() {
            Report report = host("old-querier")
                    .link("eth0", V4, V6)
                    .heardNothing("eth0")
                    .report();
            assertFinding(Verdict.OK, "a querier of IGMPv2 was heard", report, "igmp-querier", "eth0");
        }

        @Test
        void isNotSeenInTheTableWhereVersion2IsForced() {
            Report report =
                    host("forced").link("eth0", V4, V6).heardNothing("eth0").report();
            assertFinding(Verdict.UNKNOWN, "CAP_NET_RAW", report, "igmp-querier", "eth0");
        }

        @Test
        void ofMldIsCountedByTheKernel() {
            Report report = host("healthy")
                    .link("eth0", V4, V6)
                    .heardNothing("eth0")
                    .risen("eth0/" + Counters.MLD_QUERIES_IN, 2)
                    .report();
            assertFinding(Verdict.OK, "2 queries", report, "mld-querier", "eth0");
            assertFinding(Verdict.UNKNOWN, "", report, "igmp-querier", "eth0");
        }

        @Test
        void ofMldIsNotProvenByTheAnswerToOurOwnLeave() {
            Report report = host("healthy")
                    .link("eth0", V4, V6)
                    .heard(RecordedHost.deaf("eth0", true))
                    .risen("eth0/" + Counters.MLD_QUERIES_IN, 2)
                    .report();
            assertFinding(Verdict.UNKNOWN, "somebody asked", report, "mld-querier", "eth0");
        }

        @Test
        void isMissingOnlyAfterALongSilence() {
            Report brief = host("healthy")
                    .link("eth0", V4)
                    .heard(packets(60, List.of(), List.of()))
                    .report();
            assertFinding(Verdict.UNKNOWN, "--listen 130s", brief, "igmp-querier", "eth0");
            Report lasting = host("healthy")
                    .link("eth0", V4)
                    .heard(packets(130, List.of(), List.of()))
                    .report();
            assertFinding(Verdict.WARNING, "nobody asks", lasting, "igmp-querier", "eth0");
        }

        @Test
        void whoOnlyAsksAboutLeavesIsNone() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .heard(packets(130, List.of(), List.of(ip("10.7.0.254"))))
                    .report();
            assertFinding(Verdict.WARNING, "10.7.0.254 asked when we left", report, "igmp-querier", "eth0");
        }

        @Test
        void areTooManyWhereTwoPersist() {
            List<HeardQuerier> two = List.of(querier("10.7.0.254", 3, 3), querier("10.7.0.253", 3, 2));
            Report report = host("healthy")
                    .link("eth0", V4)
                    .heard(packets(300, two, List.of()))
                    .report();
            assertFinding(Verdict.WARNING, "several ask", report, "igmp-querier", "eth0");
        }
    }

    @Nested
    class Versions {
        @Test
        void areTheNewestWhereNothingSpeaksAgainst() {
            Report report = host("healthy")
                    .link("eth0", V4, V6)
                    .risen("eth0/" + Counters.MLD2_REPORTS_OUT, 3)
                    .report();
            assertFinding(Verdict.OK, "IGMPv3", report, "igmp-version", "eth0");
            assertFinding(Verdict.OK, "MLDv2", report, "mld-version", "eth0");
        }

        @Test
        void areOldByAQuerier() {
            Report report = host("old-querier")
                    .link("eth0", V4, V6)
                    .heard(packets(10, List.of(querier("10.7.0.254", 2, 1)), List.of()))
                    .risen("eth0/" + Counters.MLD1_REPORTS_OUT, 1)
                    .report();
            assertFinding(
                    Verdict.WARNING, "a querier of version 2 was heard, 10.7.0.254,", report, "igmp-version", "eth0");
            assertFinding(Verdict.WARNING, "MLDv1", report, "mld-version", "eth0");
        }

        @Test
        void areOldByASetting() {
            Report report = host("forced").link("eth0", V4, V6).report();
            assertFinding(
                    Verdict.WARNING,
                    "sysctl -w net.ipv4.conf.eth0.force_igmp_version=0",
                    report,
                    "igmp-version",
                    "eth0");
            assertFinding(Verdict.WARNING, "net.ipv6.conf.all.force_mld_version=0", report, "mld-version", "eth0");
        }

        @Test
        void areAProblemForAGroupOfASource() {
            Report report = host("forced")
                    .link("eth0", V4, V6)
                    .group(nothing("10.0.0.5@232.10.1.7:5004", Optional.empty()))
                    .report();
            assertFinding(Verdict.PROBLEM, "can't name their source", report, "igmp-version", "eth0");
            assertFinding(Verdict.WARNING, "MLDv1", report, "mld-version", "eth0");
        }

        @Test
        void ofMldIsUnknownWhereTheKernelReportedNothing() {
            assertFinding(
                    Verdict.UNKNOWN,
                    "no version is forced",
                    host("healthy").link("eth0", V6).report(),
                    "mld-version",
                    "eth0");
        }
    }

    @Nested
    class Switches {
        @Test
        void thatFloodAreFound() {
            ForeignGroup stream = new ForeignGroup(ip("239.1.1.1"), ip("10.7.0.9"), 10_000, 13_160_000);
            Report report = host("healthy")
                    .link("eth0", V4)
                    .heard(packets(10, List.of(), List.of(), stream))
                    .report();
            assertFinding(Verdict.WARNING, "239.1.1.1 from 10.7.0.9 (10.53 Mbit/s", report, "snooping", "eth0");
        }

        @Test
        void thatPassChatterAreLeftInPeace() {
            ForeignGroup discovery = new ForeignGroup(ip("239.255.255.250"), ip("10.7.0.9"), 10, 2_000);
            Report report = host("healthy")
                    .link("eth0", V4)
                    .heard(packets(10, List.of(), List.of(), discovery))
                    .report();
            assertFinding(Verdict.OK, "too little", report, "snooping", "eth0");
        }

        @Test
        void areUnknownWithoutPackets() {
            assertFinding(
                    Verdict.UNKNOWN,
                    "CAP_NET_RAW",
                    host("healthy").link("eth0", V4).heardNothing("eth0").report(),
                    "snooping",
                    "eth0");
        }

        @Test
        void onThisHostAreBridges() {
            Link br0 = new Link("br0", 9, true, false, true, 1500, RecordedHost.addresses("10.7.0.254/24"));
            Report asking = host("the-switch").other(br0).report();
            assertFinding(Verdict.UNKNOWN, "doesn't ask itself", asking, "bridge", "br0");
            Report quiet = host("the-switch")
                    .other(br0)
                    .file("sys/class/net/br0/bridge/multicast_querier", "1\n")
                    .report();
            assertFinding(Verdict.OK, "snoops and asks", quiet, "bridge", "br0");
            Report dumb = host("the-switch")
                    .other(br0)
                    .file("sys/class/net/br0/bridge/multicast_snooping", "0\n")
                    .report();
            assertFinding(Verdict.WARNING, "mcast_snooping 1", dumb, "bridge", "br0");
        }
    }

    @Nested
    class Interfaces {
        @Test
        void noneThatCanCarryMulticastIsAProblem() {
            assertFinding(Verdict.PROBLEM, "no interface", host("healthy").report(), "link", "");
        }

        @Test
        void downWithoutCarrierOrAddressAreProblems() {
            RecordedHost down = host("healthy")
                    .other(new Link("eth0", 2, false, false, true, 1500, List.of()))
                    .named("eth0");
            assertFinding(Verdict.PROBLEM, "is down", down.report(), "link", "eth0");
            RecordedHost unplugged = host("healthy").link("eth0", V4).file("sys/class/net/eth0/carrier", "0\n");
            assertFinding(Verdict.PROBLEM, "no carrier", unplugged.report(), "link", "eth0");
            assertFinding(
                    Verdict.PROBLEM,
                    "has no address",
                    host("healthy").link("eth0").report(),
                    "link",
                    "eth0");
        }

        @Test
        void ofWiFiAndContainersAreWarnedOf() {
            RecordedHost wireless = host("healthy").link("eth0", V4).file("sys/class/net/eth0/wireless/x", "");
            assertFinding(Verdict.WARNING, "Wi-Fi", wireless.report(), "link", "eth0");
        }

        @Test
        void inAContainerAreWarnedOf() {
            RecordedHost container = host("healthy").link("eth0", V4).file(".dockerenv", "");
            assertFinding(Verdict.WARNING, "--network host", container.report(), "link", "eth0");
        }

        @Test
        void inTheSameSubnetAreWarnedOf() {
            Report report =
                    host("healthy").link("eth0", V4).link("eth1", "10.7.0.2/24").report();
            assertFinding(Verdict.WARNING, "same subnet as eth1", report, "subnet", "eth0");
            assertNothing(
                    host("healthy").link("eth0", V4).link("eth1", "10.8.0.2/24").report(), "subnet", "eth0");
        }

        @Test
        void withASmallMtuCutDatagrams() {
            List<LinkAddress> addresses = RecordedHost.addresses(V4);
            RecordedHost tunnel = host("healthy")
                    .other(new Link("tun0", 5, true, false, true, 1280, addresses))
                    .named("tun0");
            assertFinding(Verdict.PROBLEM, "in fragments", tunnel.report(), "mtu", "tun0");
            assertFinding(Verdict.OK, "1500", host("healthy").link("eth0", V4).report(), "mtu", "eth0");
        }
    }

    @Nested
    class Routing {
        @Test
        void saysWhatProgramsUseThatNameNoInterface() {
            Report report = host("two-interfaces")
                    .link("eth0", V4)
                    .link("eth1", "10.8.0.1/24")
                    .route("239.255.0.1", "10.7.0.1")
                    .named("eth1")
                    .report();
            Finding other = report.findings().stream()
                    .filter(one -> one.check().equals("route") && one.message().contains("not eth1"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Verdict.WARNING, other.verdict());
        }

        @Test
        void warnsOfGroupsThatGoToARouter() {
            Report report = host("two-interfaces").link("eth0", V4).report();
            assertFinding(Verdict.WARNING, "unicast Ethernet frames", report, "route", "eth0");
        }

        @Test
        void warnsWhereThereIsNone() {
            Report report =
                    host("healthy").link("eth0", V4).route("239.255.0.1", "").report();
            assertFinding(Verdict.WARNING, "ip route add 224.0.0.0/4 dev eth0", report, "route", "");
        }

        @Test
        void backToTheSourceDecidesWhatTheStrictFilterDrops() {
            RecordedHost wrong = host("two-interfaces")
                    .link("eth0", V4)
                    .link("eth1", "10.8.0.1/24")
                    .named("eth1")
                    .group(nothing("10.7.0.9@232.1.1.1:5004", Optional.empty()));
            assertFinding(
                    Verdict.PROBLEM, "its route is \"10.7.0.0/24 dev eth0\"", wrong.report(), "reverse-path", "eth1");
            RecordedHost right = host("two-interfaces")
                    .link("eth0", V4)
                    .link("eth1", "10.8.0.1/24")
                    .named("eth1")
                    .group(nothing("10.8.0.9@232.1.1.1:5004", Optional.empty()));
            assertFinding(Verdict.OK, "lets 10.8.0.9 through", right.report(), "reverse-path", "eth1");
        }

        @Test
        void warnsOfAStrictFilterBetweenSeveralInterfaces() {
            Report report = host("two-interfaces")
                    .link("eth0", V4)
                    .link("eth1", "10.8.0.1/24")
                    .report();
            assertFinding(Verdict.WARNING, "rp_filter=2", report, "reverse-path", "eth1");
            assertFinding(Verdict.OK, "is off", host("healthy").link("eth0", V4).report(), "reverse-path", "eth0");
        }

        @Test
        void countsWhatTheFilterDropped() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .risen(Counters.REVERSE_PATH, 700)
                    .report();
            assertFinding(Verdict.PROBLEM, "dropped 700 packets", report, "reverse-path", "");
        }
    }

    @Nested
    class Limits {
        @Test
        void ofBuffersCostMilliseconds() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .buffers(208 << 10)
                    .file("proc/sys/net/core/rmem_max", "212992\n")
                    .report();
            List<Finding> small = report.findings().stream()
                    .filter(one -> one.check().equals("socket-buffer") && one.verdict() == Verdict.WARNING)
                    .toList();
            assertEquals(2, small.size());
            assertTrue(small.get(0).message().contains("room for 97 ms"), small.get(0)::toString);
            assertTrue(small.get(0).message().contains("net.core.rmem_max is 212992"), small.get(0)::toString);
        }

        @Test
        void ofMembershipsAreToldWithTheirSetting() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .file("proc/sys/net/ipv4/igmp_max_memberships", "2\n")
                    .report();
            assertTrue(report.findings().stream()
                    .anyMatch(one -> one.verdict() == Verdict.WARNING
                            && one.fix().equals("sysctl -w net.ipv4.igmp_max_memberships=20")));
        }
    }

    @Nested
    class SelfReception {
        @Test
        void thatFailsSilentlyIsTheFirewall() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .selfTest(new SelfTest("eth0", ip("239.255.1.2"), false, false, ""))
                    .report();
            assertFinding(Verdict.PROBLEM, "packet filter", report, "self-reception", "eth0");
        }

        @Test
        void thatFailsWithAnErrorSaysIt() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .selfTest(new SelfTest("eth0", ip("239.255.1.2"), false, false, "No buffer space available"))
                    .report();
            assertFinding(Verdict.PROBLEM, "igmp_max_memberships", report, "self-reception", "eth0");
        }

        @Test
        void thatWorksNamesWhatWasTried() {
            Report report = host("healthy")
                    .link("eth0", V4)
                    .selfTest(new SelfTest("eth0", ip("239.255.1.2"), false, true, ""))
                    .selfTest(new SelfTest("eth0", ip("ff35::8000:1"), true, true, ""))
                    .firewall(Firewall.unreadable("Operation not permitted"))
                    .report();
            assertFinding(Verdict.OK, "IPv4, IPv6 of a source", report, "self-reception", "eth0");
            assertFinding(Verdict.UNKNOWN, "it lets through", report, "firewall", "");
        }
    }

    private static GroupReception nothing(String group, Optional<GroupReception.Wire> wire) {
        return new GroupReception(
                MulticastGroup.parse(group), "eth0", "", 0, 0, List.of(), 10 * SECOND_NS, 10 * SECOND_NS, 0, wire);
    }

    private static GroupReception.Wire wire(long datagrams, String... senders) {
        return new GroupReception.Wire(
                datagrams,
                List.of(senders).stream().map(RecordedHost::ip).toList(),
                OptionalInt.of(7),
                OptionalInt.of(34));
    }

    @Nested
    class Groups {
        private Report report(GroupReception reception) {
            return host("healthy").link("eth0", V4).group(reception).report();
        }

        @Test
        void thatArriveAreMeasured() {
            Report report = report(new GroupReception(
                    MulticastGroup.parse("10.7.0.9@232.1.1.1:5004"),
                    "eth0",
                    "",
                    5_000,
                    6_580_000,
                    List.of(ip("10.7.0.9")),
                    10 * SECOND_NS,
                    0,
                    SECOND_NS / 100,
                    Optional.of(wire(5_000, "10.7.0.9"))));
            assertFinding(Verdict.OK, "5000 datagrams, 5.26 Mbit/s, from 10.7.0.9", report, "group", "eth0");
            assertFinding(Verdict.OK, "TTL 7, DSCP 34", report, "ttl", "eth0");
        }

        @Test
        void thatStopAreAProblem() {
            Report report = report(new GroupReception(
                    MulticastGroup.parse("239.1.1.1:5004"),
                    "eth0",
                    "",
                    5_000,
                    6_580_000,
                    List.of(ip("10.7.0.9")),
                    300 * SECOND_NS,
                    40 * SECOND_NS,
                    40 * SECOND_NS,
                    Optional.empty()));
            assertFinding(Verdict.PROBLEM, "none in the last 40 s", report, "group", "eth0");
        }

        @Test
        void thatDontArriveAreLookedForOnTheWire() {
            assertFinding(
                    Verdict.PROBLEM,
                    "not even on the wire",
                    report(nothing("10.7.0.9@232.1.1.1:5004", Optional.of(wire(0)))),
                    "group",
                    "eth0");
            assertFinding(
                    Verdict.PROBLEM,
                    "this host drops them",
                    report(nothing("10.7.0.9@232.1.1.1:5004", Optional.of(wire(900, "10.7.0.9")))),
                    "group",
                    "eth0");
            assertFinding(
                    Verdict.PROBLEM,
                    "none from 10.7.0.9",
                    report(nothing("10.7.0.9@232.1.1.1:5004", Optional.of(wire(900, "10.7.0.10")))),
                    "group",
                    "eth0");
        }

        @Test
        void withBadAddressesAreToldSo() {
            Report report = report(nothing("224.0.0.7:5004", Optional.empty()));
            assertEquals(Verdict.PROBLEM, finding(report, "group-address", "").verdict());
            assertFinding(
                    Verdict.WARNING,
                    "no source was named",
                    report(nothing("232.1.1.1:5004", Optional.empty())),
                    "group-address",
                    "");
        }
    }

    @Test
    void comesAsTextAndAsJson() throws Exception {
        Report report = host("forced").link("eth0", V4, V6).heardNothing("eth0").report();
        List<String> lines = ReportText.lines(report);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("warning  eth0 igmp-version")), lines::toString);
        assertTrue(lines.get(lines.size() - 1).contains("told by kernel tables, 10 s"), lines::toString);
        JsonNode json = new ObjectMapper().readTree(ReportJson.text(report));
        assertEquals(1, json.get("version").intValue());
        assertEquals("kernel tables", json.get("means").textValue());
        assertEquals(report.findings().size(), json.get("findings").size());
        assertEquals("warning", json.get("findings").get(0).get("verdict").textValue());
        assertEquals(
                report.count(Verdict.UNKNOWN), json.get("counts").get("unknown").longValue());
    }
}
