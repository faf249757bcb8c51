package lancaster.rendezvous;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedAddressesTest {
    private static final InetSocketAddress OBSERVED = at("203.0.113.1:1000");

    private static InetSocketAddress at(String text) {
        return ReportedAddresses.parse(text).orElseThrow();
    }

    private static List<InetSocketAddress> of(InetSocketAddress observed, String... texts) {
        return ReportedAddresses.of(List.of(texts), observed, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1",
                "10.0.0.256:80",
                "10.0.0.1:65536",
                "10.0.0.1:",
                "::1:80",
                "[::g]:80",
                "[1.2.3.4]:80",
                "example.com:80",
                "[:::::]:80"
            })
    void readsNothingElse(String text) {
        assertEquals(Optional.empty(), ReportedAddresses.parse(text));
    }

    @Test
    void readsBothFamilies() {
        assertEquals("/10.0.0.1:80", at("10.0.0.1:80").toString());
        assertEquals("/[fd00:0:0:0:0:0:0:1]:80", at("[fd00::1%eth0]:80").toString());
    }

    @Test
    void passesOverWhereNoPeerCanBe() {
        assertEquals(
                List.of(at("10.0.0.1:80")),
                of(
                        OBSERVED,
                        "0.0.0.0:80",
                        "224.0.0.1:80",
                        "255.255.255.255:80",
                        "127.0.0.1:80",
                        "10.0.0.1:0",
                        "203.0.113.1:1000",
                        "10.0.0.1:80",
                        "10.0.0.1:80"));
    }

    @Test
    void believesTheLoopbackOfThisHostAlone() {
        InetSocketAddress here = at("127.0.0.1:5");
        assertEquals(1, of(here, "127.0.0.1:80").size());
    }

    @Test
    void takesNoMoreThanItsLimit() {
        List<InetSocketAddress> taken =
                of(OBSERVED, "10.0.0.1:1", "10.0.0.1:2", "10.0.0.1:3", "10.0.0.1:4", "10.0.0.1:5");
        assertEquals(4, taken.size());
    }
}
