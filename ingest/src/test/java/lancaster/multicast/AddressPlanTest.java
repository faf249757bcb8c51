package lancaster.multicast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.multicast.AddressClaims.Claim;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPlanTest {
    private static final String STREAM = "live/townhall";
    private final AddressPlan plan = new AddressPlan(AddressPlan.DEFAULT_RANGE);

    @Test
    void aStreamAlwaysGetsTheSameGroup() {
        // Written down: players have it in their lists, so no later version may give another one.
        assertEquals("239.255.73.88", group(plan, STREAM));
        assertEquals("239.255.73.88", group(new AddressPlan(AddressPlan.DEFAULT_RANGE), STREAM));
        assertNotEquals(group(plan, STREAM), group(plan, "live/lobby"));
    }

    @Test
    void whatItGivesIsNeverWrong() {
        for (String range : List.of("239.255.0.0/16", "232.0.0.0/8", "239.192.0.0/14", "239.0.0.0/8", "ff3e::/96")) {
            AddressPlan other = new AddressPlan(AddressRange.parse(range).orElseThrow());
            Set<InetAddress> given = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                InetAddress group = other.groupFor("live/" + i, given::contains).orElseThrow();
                assertTrue(given.add(group), group::toString);
                assertEquals(Optional.empty(), other.check(group, STREAM));
            }
        }
    }

    @Test
    void aRangeThatIsFullGivesNothing() {
        AddressPlan small = new AddressPlan(AddressRange.parse("239.1.1.0/30").orElseThrow());
        Set<InetAddress> given = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            given.add(small.groupFor("live/" + i, given::contains).orElseThrow());
        }
        assertEquals(4, given.size());
        assertEquals(Optional.empty(), small.groupFor("live/5", given::contains));
        assertEquals(
                Optional.empty(),
                new AddressPlan(AddressRange.parse("224.0.0.0/24").orElseThrow()).groupFor(STREAM, group -> false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"239.255.0.0/16", "224.0.0.0/4", "ff15::8000:0/97", "ff3e::8000:0/97", "239.1.2.3/32"})
    void readsRanges(String text) {
        assertEquals(text, AddressRange.parse(text).orElseThrow().toString());
    }

    @Test
    void bitsBehindThePrefixDontCount() {
        assertEquals(
                "239.255.0.0/16",
                AddressRange.parse("239.255.7.9/16").orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "239.255.0.0", "10.0.0.0/8", "239.0.0.0/3", "239.0.0.0/33", "239.0.0.0/x", "/16", "ff15::/7"
            })
    void refusesWhatIsNoRange(String text) {
        assertEquals(Optional.empty(), AddressRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "224.0.0.251  | link control",
                "224.0.1.129  | 224.0.1.0/24",
                "224.2.127.254 | where sessions are announced",
                "239.255.255.255 | where sessions are announced",
                "239.195.255.255 | where sessions are announced",
                "239.255.255.7 | top 256",
                "239.195.255.7 | top 256",
                "232.0.0.7 | 232.0.0.0/24",
                "ff02::1 | permanent",
                "ff0e::2:7ffe | permanent",
                "ff11::1:1 | never leaves this box",
                "ff10::1:1 | reserved scope",
                "ff1f::1:1 | reserved scope",
                "ff95::1:1 | reserved scope or flag",
                "ff3e::1:0:8000:1 | not in ff3x::/96",
                "ff3e::1234 | below 8000:0",
                "ff3e::4000:1 | below 8000:0",
                "10.0.0.1 | no multicast address"
            })
    void refusesWhereMediaMustNotGo(String group, String why) {
        AddressFinding finding = check(group);
        assertTrue(finding.refused(), finding::message);
        assertTrue(finding.message().startsWith(group + " "), finding::message);
        assertTrue(finding.message().contains(why), finding::message);
        assertAdviceIsGood(finding, address(group));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "239.0.0.5 | has the Ethernet address of 224.0.0.5",
                "239.128.0.5 | has the Ethernet address of 224.0.0.5",
                "232.128.0.9 | has the Ethernet address of 224.0.0.9",
                "224.2.1.1 | by SAP",
                "224.0.9.1 | IANA assigns",
                "224.3.9.1 | IANA assigns",
                "224.1.1.1 | in reserve",
                "225.1.1.1 | in reserve",
                "238.1.1.1 | in reserve",
                "233.252.0.1 | examples",
                "ff15::1 | has the Ethernet address of ff02::1",
                "ff15::ff00:1 | neighbour discovery"
            })
    void warnsOfWhatWorksAtAPrice(String group, String why) {
        AddressFinding finding = check(group);
        assertTrue(!finding.refused(), finding::message);
        assertTrue(finding.message().contains(why), finding::message);
        assertAdviceIsGood(finding, address(group));
    }

    /** What is advised is of the same kind and has no fault. */
    private void assertAdviceIsGood(AddressFinding finding, InetAddress group) {
        Matcher advised = Pattern.compile("; use (\\S+) instead, or another address of (\\S+)$")
                .matcher(finding.message());
        assertTrue(advised.find(), finding::message);
        InetAddress other = address(advised.group(1));
        assertEquals(Optional.empty(), plan.check(other, STREAM));
        assertEquals(group.getClass(), other.getClass());
        assertEquals(
                group.isMulticastAddress() && AddressBlock.isSourceSpecific(group),
                AddressBlock.isSourceSpecific(other));
    }

    @Test
    void advisesWhatTheStreamWouldGet() {
        assertTrue(check("239.0.0.5")
                .message()
                .endsWith("; use 239.255.73.88 instead, or another address of 239.255.0.0/16"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "239.255.12.5",
                "239.192.1.1",
                "239.10.1.1",
                "232.10.1.7",
                "232.0.1.1",
                "233.1.2.3",
                "234.10.0.1",
                "ff3e::8000:1",
                "ff15::1:1",
                "ff18::8000:1",
                "ff3e:30:fd00:a::1:1",
                "ff7e:140:fd00::1:1"
            })
    void hasNothingAgainstGoodGroups(String group) {
        assertEquals(Optional.empty(), plan.check(address(group), STREAM));
    }

    @ParameterizedTest
    @CsvSource({
        "239.255.12.5,01:00:5e:7f:0c:05",
        "232.127.12.5,01:00:5e:7f:0c:05",
        "232.255.12.5,01:00:5e:7f:0c:05",
        "ff3e::8000:1,33:33:80:00:00:01"
    })
    void framesHaveEthernetAddresses(String group, String ethernet) {
        assertEquals(ethernet, AddressBlock.ethernet(address(group)));
    }

    @Nested
    class Claims {
        private final AddressClaims claims = new AddressClaims();

        @Test
        void twoStreamsCantHaveTheSamePort() {
            claims.put(STREAM, List.of(claim("239.1.1.1", 5004, "media"), claim("239.1.1.1", 5006, "column FEC")));
            List<AddressFinding> findings = claims.conflicts("live/b", List.of(claim("239.1.1.1", 5006, "media")));
            assertEquals(
                    List.of(new AddressFinding(
                            true,
                            "239.1.1.1:5006 (media) is what live/townhall uses for its column FEC; use another group")),
                    findings);
        }

        @Test
        void twoStreamsInOneGroupAreWarnedOf() {
            claims.put(STREAM, List.of(claim("239.1.1.1", 5004, "media")));
            List<AddressFinding> findings = claims.conflicts("live/b", List.of(claim("239.1.1.1", 6004, "media")));
            assertEquals(1, findings.size());
            assertTrue(findings.get(0).message().startsWith("239.1.1.1 is the group of live/townhall too"));
            assertEquals(List.of(), AddressFinding.refusals(findings));
        }

        @Test
        void equalEthernetAddressesAreWarnedOf() {
            claims.put(STREAM, List.of(claim("239.1.1.1", 5004, "media")));
            List<AddressFinding> findings = claims.conflicts("live/b", List.of(claim("232.129.1.1", 5004, "media")));
            assertEquals(1, findings.size());
            assertTrue(findings.get(0).message().contains("01:00:5e:01:01:01"), () -> AddressFinding.text(findings));
        }

        @Test
        void aStreamMayReplaceItsOwn() {
            claims.put(STREAM, List.of(claim("239.1.1.1", 5004, "media")));
            assertEquals(List.of(), claims.conflicts(STREAM, List.of(claim("239.1.1.1", 5004, "media"))));
            assertTrue(claims.isTaken(address("239.1.1.1"), "live/b"));
            assertTrue(!claims.isTaken(address("239.1.1.1"), STREAM));
            claims.remove(STREAM);
            assertTrue(!claims.isTaken(address("239.1.1.1"), "live/b"));
        }

        @Test
        void copiesLeaveByDifferentInterfacesOrToDifferentGroups() {
            Claim first = new Claim(address("239.1.1.1"), 5004, "media", "eth0");
            Claim second = new Claim(address("239.1.1.1"), 5004, "copy", "eth1");
            assertEquals(List.of(), claims.conflicts(STREAM, List.of(first, second)));
            Claim same = new Claim(address("239.1.1.1"), 5004, "copy", "eth0");
            assertEquals(
                    "239.1.1.1:5004 would be both its media and its copy; use another group, or another interface",
                    AddressFinding.text(claims.conflicts(STREAM, List.of(first, same))));
        }

        private Claim claim(String group, int port, String use) {
            return new Claim(address(group), port, use, "eth0");
        }
    }

    private AddressFinding check(String group) {
        return plan.check(address(group), STREAM).orElseThrow();
    }

    private static String group(AddressPlan plan, String path) {
        return IpLiteral.text(plan.groupFor(path, group -> false).orElseThrow());
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
