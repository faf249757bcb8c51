package lancaster.doctor;

import static lancaster.doctor.RecordedHost.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's tables as recorded on hosts of Linux 6.18. */
class KernelTablesTest {
    @TempDir
    Path folder;

    private KernelFiles files(String recording) {
        RecordedHost.of(recording, folder);
        return new KernelFiles(folder);
    }

    @Test
    void readsTheVersionAndTheGroupsOfEachInterface() {
        IgmpTable table = IgmpTable.read(files("old-querier"));
        assertEquals(3, table.row("lo").orElseThrow().version());
        IgmpTable.Row eth0 = table.row("eth0").orElseThrow();
        assertEquals(2, eth0.version());
        assertEquals(
                List.of(
                        new IgmpTable.Member(ip("239.7.7.7"), 1, true, true),
                        new IgmpTable.Member(ip("224.0.0.1"), 1, false, false)),
                eth0.groups());
        assertEquals(Optional.empty(), table.row("eth9"));
    }

    @Test
    void readsTheIpv6GroupsOfEachInterface() {
        MldTable table = MldTable.parse(List.of(
                "2    eth0            ff150000000000000000000000000077     1 00000005 14",
                "2    eth0            ff020000000000000000000000000001     1 0000000C 0"));
        assertEquals(
                Optional.of(new MldTable.Member(ip("ff15::77"), 1, true, false)), table.group("eth0", ip("ff15::77")));
        assertEquals(2, table.groups("eth0").size());
        assertEquals(List.of(), table.groups("eth1"));
    }

    @Test
    void passesOverLinesThatAreNoneOfItsOwn() {
        assertEquals(
                0,
                IgmpTable.parse(List.of("Idx\tDevice    : Count", "2 eth0 : x", "\t\tnonsense", ""))
                        .rows()
                        .size());
        assertEquals(
                0,
                MldTable.parse(List.of("", "2 eth0 ff02 1 0 0", "a b c d e f"))
                        .rows()
                        .size());
        assertEquals(
                0,
                IgmpTable.parse(List.of("1\tlo        :     1    NONE"))
                        .row("lo")
                        .orElseThrow()
                        .version());
    }

    @Test
    void findsTheRouteOfTheLongestPrefix() {
        Routes routes = Routes.read(files("two-interfaces"));
        assertEquals("10.8.0.0/24 dev eth1", text(routes, "10.8.0.9"));
        assertEquals("default via 10.7.0.254 dev eth0", text(routes, "192.0.2.1"));
        assertEquals("239.0.0.0/8 via 10.7.0.254 dev eth0", text(routes, "239.1.2.3"));
        assertEquals("eth0", routes.to(ip("fd00:7::9")).orElseThrow().interfaceName());
        assertEquals(Optional.empty(), routes.to(ip("2001:db8::1")));
    }

    private static String text(Routes routes, String address) {
        InetAddress to = ip(address);
        return routes.to(to).orElseThrow().toString();
    }

    @Test
    void readsTheCountersOfHostAndInterface() {
        Counters counters = Counters.read(files("healthy"));
        assertTrue(counters.host().containsKey(Counters.REVERSE_PATH));
        assertTrue(counters.host().containsKey(Counters.UDP_OVERFLOW));
        assertTrue(counters.ipv6("eth0", Counters.MLD_QUERIES_IN) > 0);
        assertEquals(0, counters.ipv6("eth7", Counters.MLD_QUERIES_IN));
    }

    @Test
    void findsTheChainsThatDrop() {
        Firewall firewall = Firewall.parse(
                """
                table inet filter {
                	chain input {
                		type filter hook input priority filter; policy drop;
                		iif "lo" accept
                	}
                	chain output {
                		type filter hook output priority filter; policy accept;
                		jump out
                	}
                	chain out {
                		ip daddr 239.0.0.0/8 counter packets 0 bytes 0 reject
                	}
                	chain forward {
                		type filter hook forward priority filter; policy drop;
                	}
                }
                table ip nat {
                	chain postrouting {
                		type nat hook postrouting priority srcnat; policy accept;
                		log prefix "drop" masquerade
                	}
                }
                """
                        .lines()
                        .toList());
        assertEquals(
                List.of("inet filter input (input, policy drop)", "inet filter output (output)"), firewall.dropping());
    }
}
