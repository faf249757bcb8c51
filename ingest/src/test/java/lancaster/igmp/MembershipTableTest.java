package lancaster.igmp;

import static lancaster.igmp.MembershipPackets.generalQuery;
import static lancaster.igmp.MembershipPackets.ip;
import static lancaster.igmp.MembershipPackets.record;
import static lancaster.igmp.MembershipPackets.report;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipTableTest {
    private static final InetAddress GROUP = ip("239.1.2.3");
    private static final InetAddress SOURCE = ip("10.0.0.5");
    private static final Optional<InetAddress> ANY = Optional.empty();

    private final MembershipTable table = new MembershipTable();
    private long nowNs = -1_000;

    private void hear(HeardMessage heard) {
        table.onMessage(heard, nowNs);
    }

    private void hear(String host, RecordType type, String... sources) {
        hear(report(host, record(type, "239.1.2.3", sources)));
    }

    private void pass(Duration time) {
        nowNs += time.toNanos();
    }

    private int joins(Optional<InetAddress> source) {
        return table.joins(GROUP, source, nowNs).hosts();
    }

    @Test
    void countsTheHostsOfAGroup() {
        hear("10.0.0.11", RecordType.CHANGE_TO_EXCLUDE_MODE);
        hear("10.0.0.12", RecordType.CHANGE_TO_EXCLUDE_MODE);
        hear("10.0.0.12", RecordType.MODE_IS_EXCLUDE);
        assertEquals(new Joins(2, false), table.joins(GROUP, ANY, nowNs));
        assertEquals(new Joins(2, false), table.joins(GROUP, Optional.of(SOURCE), nowNs));
        assertEquals(Joins.NONE, table.joins(ip("239.1.2.4"), ANY, nowNs));
    }

    @Test
    void countsWhoAsksForASource() {
        hear("10.0.0.11", RecordType.ALLOW_NEW_SOURCES, "10.0.0.5");
        hear("10.0.0.12", RecordType.ALLOW_NEW_SOURCES, "10.0.0.6");
        hear("10.0.0.13", RecordType.MODE_IS_EXCLUDE, "10.0.0.5");
        assertEquals(1, joins(Optional.of(SOURCE)));
        assertEquals(2, joins(Optional.of(ip("10.0.0.6"))));
        assertEquals(3, joins(ANY));
        assertEquals(Map.of(SOURCE, 1, ip("10.0.0.6"), 1), table.sources(GROUP, nowNs));
    }

    @Test
    void aLeaveEndsAMembership() {
        hear("10.0.0.11", RecordType.CHANGE_TO_EXCLUDE_MODE);
        hear("10.0.0.12", RecordType.ALLOW_NEW_SOURCES, "10.0.0.5");
        hear("10.0.0.11", RecordType.CHANGE_TO_INCLUDE_MODE);
        hear("10.0.0.12", RecordType.BLOCK_OLD_SOURCES, "10.0.0.5");
        assertEquals(0, joins(ANY));
        assertEquals(Set.of(), table.groups(nowNs));
    }

    @Test
    void aHostThatExcludesMayChangeWhat() {
        hear("10.0.0.11", RecordType.CHANGE_TO_EXCLUDE_MODE, "10.0.0.6");
        hear("10.0.0.11", RecordType.BLOCK_OLD_SOURCES, "10.0.0.5");
        assertEquals(0, joins(Optional.of(SOURCE)));
        hear("10.0.0.11", RecordType.ALLOW_NEW_SOURCES, "10.0.0.5");
        assertEquals(1, joins(Optional.of(SOURCE)));
        assertEquals(0, joins(Optional.of(ip("10.0.0.6"))));
    }

    @Test
    void aLeaveOfSomeoneUnknownMakesNobody() {
        hear("10.0.0.11", RecordType.CHANGE_TO_INCLUDE_MODE);
        hear("10.0.0.11", RecordType.BLOCK_OLD_SOURCES, "10.0.0.5");
        hear("10.0.0.11", RecordType.MODE_IS_INCLUDE);
        assertEquals(Set.of(), table.groups(nowNs));
    }

    @Test
    void aMembershipThatNobodyConfirmsEndsAfterTheMembershipInterval() {
        hear("10.0.0.11", RecordType.CHANGE_TO_EXCLUDE_MODE);
        pass(Duration.ofSeconds(200));
        hear("10.0.0.12", RecordType.MODE_IS_INCLUDE, "10.0.0.5");
        pass(Duration.ofMillis(59_999));
        assertEquals(2, joins(ANY));
        pass(Duration.ofMillis(1));
        assertEquals(1, joins(ANY));
        pass(Duration.ofSeconds(200));
        assertEquals(0, joins(ANY));
        assertEquals(Set.of(), table.groups(nowNs));
    }

    @Test
    void theQuerierSetsTheMembershipInterval() {
        hear(generalQuery("10.0.0.1", 3, 3, 20));
        hear("10.0.0.11", RecordType.MODE_IS_EXCLUDE);
        pass(Duration.ofSeconds(69));
        assertEquals(1, joins(ANY));
        pass(Duration.ofSeconds(1));
        assertEquals(0, joins(ANY));
    }

    @Test
    void hostsOfOlderVersionsStandForMore() {
        hear(report("10.0.0.11", 2, record(RecordType.MODE_IS_EXCLUDE, "239.1.2.3")));
        assertEquals(new Joins(1, true), table.joins(GROUP, ANY, nowNs));
        hear("0.0.0.0", RecordType.MODE_IS_EXCLUDE);
        assertEquals(new Joins(2, true), table.joins(GROUP, ANY, nowNs));
        hear(report("10.0.0.11", 2, record(RecordType.CHANGE_TO_INCLUDE_MODE, "239.1.2.3")));
        assertEquals(1, joins(ANY));
    }

    @Test
    void keepsNoMoreThanItsLimit() {
        for (int i = 0; i <= MembershipTable.MAX_MEMBERSHIPS; i++) {
            hear(report("10.1." + (i >> 8) + "." + (i & 0xFF), record(RecordType.MODE_IS_EXCLUDE, "239.1.2.3")));
        }
        assertEquals(1, table.dropped());
        assertEquals(new Joins(MembershipTable.MAX_MEMBERSHIPS, true), table.joins(GROUP, ANY, nowNs));
        pass(Duration.ofMinutes(5));
        hear("10.0.0.11", RecordType.MODE_IS_EXCLUDE);
        assertEquals(1, joins(ANY));
    }

    @Test
    void tellsWhoAsks() {
        Queriers queriers = new Queriers();
        queriers.onMessage(generalQuery("10.0.0.1", 3, 2, 125), 5);
        queriers.onMessage(generalQuery("10.0.0.1", 2, 0, 0), 7);
        queriers.onMessage(generalQuery("fe80::1", 2, 2, 125), 8);
        queriers.onMessage(report("10.0.0.9", record(RecordType.MODE_IS_EXCLUDE, "239.1.2.3")), 9);
        assertEquals(
                java.util.List.of(new HeardQuerier(GroupProtocol.IGMP, ip("10.0.0.1"), 2, 0, 2, 5, 7)),
                queriers.of(GroupProtocol.IGMP));
        assertEquals(2, queriers.all().size());
    }
}
