package lancaster.igmp;

import static lancaster.igmp.MembershipPackets.generalQuery;
import static lancaster.igmp.MembershipPackets.ip;
import static lancaster.igmp.MembershipPackets.record;
import static lancaster.igmp.MembershipPackets.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkMembersTest {
    private static final InetAddress GROUP = ip("239.1.2.3");
    private static final Optional<InetAddress> SOURCE = Optional.of(ip("10.0.0.5"));

    private final LinkMembers members = new LinkMembers();
    private long nowNs = -5_000;

    @BeforeEach
    void watch() {
        members.watch(GROUP);
    }

    private void hear(String host, RecordType type, String group) {
        members.onMessage(report(host, record(type, group)), nowNs);
    }

    private void pass(int seconds) {
        nowNs += Duration.ofSeconds(seconds).toNanos();
    }

    private HeardJoins joins() {
        return members.joins(GROUP, SOURCE, nowNs);
    }

    @Test
    void silenceIsUnknownAndNotNobody() {
        assertEquals(
                HeardJoins.unknown("no IGMP report of any host comes in: nobody joins any group, or a switch with"
                        + " snooping keeps reports from this port"),
                joins());
        members.onMessage(generalQuery("10.0.0.1", 3, 2, 125), nowNs);
        pass(60);
        assertTrue(joins().joins().isEmpty(), "queries reach every port, reports don't");
    }

    @Test
    void whereOthersAreHeardNobodyIsNobody() {
        hear("10.0.0.11", RecordType.MODE_IS_EXCLUDE, "224.0.0.251");
        assertEquals(new HeardJoins(Optional.of(new Joins(0, true)), Optional.empty(), ""), joins());
    }

    @Test
    void reportsOfOneProtocolSayNothingOfTheOther() {
        hear("10.0.0.11", RecordType.MODE_IS_EXCLUDE, "224.0.0.251");
        assertTrue(
                members.joins(ip("ff15::1"), Optional.empty(), nowNs).unknown().startsWith("no MLD report"));
    }

    @Test
    void whoJoinedBeforeIsHeardWhereAQuerierAsks() {
        hear("10.0.0.11", RecordType.CHANGE_TO_EXCLUDE_MODE, "239.1.2.3");
        assertEquals(Optional.of(new Joins(1, true)), joins().joins());
        members.onMessage(generalQuery("10.0.0.1", 3, 2, 125), nowNs);
        pass(5);
        hear("10.0.0.12", RecordType.MODE_IS_EXCLUDE, "239.1.2.3");
        assertEquals(Optional.of(new Joins(2, true)), joins().joins());
        pass(5);
        assertEquals(Optional.of(new Joins(2, false)), joins().joins());
        assertEquals(Optional.of(Duration.ofSeconds(5).toNanos()), joins().ageNs());
        pass(245);
        assertEquals(Optional.of(new Joins(2, true)), joins().joins(), "nobody asks any more");
        pass(5);
        assertEquals(Optional.of(new Joins(1, true)), joins().joins());
        pass(5);
        assertTrue(joins().joins().isEmpty());
    }
}
