package lancaster.multicast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceChoiceTest {
    private static final List<LocalInterface> BOX = List.of(
            new LocalInterface("lo", 1, true, false, true, 65_536, List.of(ip("127.0.0.1"), ip("::1"))),
            new LocalInterface(
                    "eth0",
                    2,
                    true,
                    true,
                    false,
                    1500,
                    List.of(ip("fe80::5"), ip("fd00::5"), ip("10.0.0.5"), ip("10.0.0.6"))),
            new LocalInterface("eth1", 3, false, true, false, 1500, List.of(ip("10.1.0.5"))),
            new LocalInterface("tun0", 4, true, false, false, 1400, List.of(ip("10.2.0.5"))),
            new LocalInterface("eth2", 5, true, true, false, 1500, List.of()));

    private static final String LIST = "; there is lo (127.0.0.1, ::1), eth0 (10.0.0.5, 10.0.0.6, fe80::5, fd00::5),"
            + " eth1 (10.1.0.5; down), tun0 (10.2.0.5), eth2 (no address)";

    @ParameterizedTest
    @CsvSource({
        "eth0,239.1.1.1,eth0,10.0.0.5",
        "10.0.0.6,239.1.1.1,eth0,10.0.0.6",
        "eth0,ff15::1:1,eth0,fd00::5",
        "eth0,ff12::1:1,eth0,fe80::5",
        "fd00::5,ff3e::8000:1,eth0,fd00::5",
        "lo,239.1.1.1,lo,127.0.0.1",
        "lo,ff15::1:1,lo,::1"
    })
    void findsInterfaceAndSource(String wanted, String group, String name, String source) throws MulticastException {
        InterfaceChoice choice = InterfaceChoice.of(wanted, Optional.empty(), ip(group), BOX);
        assertEquals(name, choice.chosen().name());
        assertEquals(source, IpLiteral.text(choice.source()));
    }

    @Test
    void theSourceCanBeNamed() throws MulticastException {
        InterfaceChoice choice = InterfaceChoice.of("eth0", Optional.of(ip("10.0.0.6")), ip("239.1.1.1"), BOX);
        assertEquals("10.0.0.6", IpLiteral.text(choice.source()));
    }

    @ParameterizedTest
    @CsvSource({
        "eth7,239.1.1.1,there is no interface eth7",
        "10.9.9.9,239.1.1.1,no interface has the address 10.9.9.9",
        "eth1,239.1.1.1,interface eth1 is down",
        "tun0,239.1.1.1,interface tun0 sends no multicast"
    })
    void whatCantBeChosenIsSaidWithWhatThereIs(String wanted, String group, String why) {
        assertEquals(why + LIST, refusal(wanted, Optional.empty(), group));
    }

    @Test
    void anInterfaceWithoutAFittingAddressIsNamed() {
        assertEquals(
                "interface eth2 has no IPv4 address to send to 239.1.1.1 from; it is eth2 (no address)",
                refusal("eth2", Optional.empty(), "239.1.1.1"));
        assertEquals(
                "interface eth0 doesn't have the address 10.0.0.9;"
                        + " it is eth0 (10.0.0.5, 10.0.0.6, fe80::5, fd00::5)",
                refusal("eth0", Optional.of(ip("10.0.0.9")), "239.1.1.1"));
        assertTrue(refusal("10.0.0.5", Optional.empty(), "ff15::1:1")
                .startsWith("source 10.0.0.5 and group ff15::1:1 are not both IPv4 or both IPv6"));
    }

    @Test
    void thisBoxHasLoopback() throws MulticastException {
        InterfaceChoice choice = InterfaceChoice.of("127.0.0.1", Optional.empty(), ip("239.1.1.1"));
        assertTrue(choice.chosen().loopback());
        assertEquals(choice.chosen().name(), choice.networkInterface().getName());
    }

    private static String refusal(String wanted, Optional<InetAddress> source, String group) {
        return assertThrows(MulticastException.class, () -> InterfaceChoice.of(wanted, source, ip(group), BOX))
                .getMessage();
    }

    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
