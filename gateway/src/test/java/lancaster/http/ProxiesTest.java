package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import lancaster.access.AddressRange;
import lancaster.http.ForwardedHops.Hop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks through proxies (RFC 7239), and that nobody makes himself another. */
class ProxiesTest {
    private final Proxies proxies = new Proxies(List.of(
            AddressRange.parse("10.0.0.2").orElseThrow(),
            AddressRange.parse("2001:db8::/64").orElseThrow()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.43 | 192.0.2.43",
                "For=\"192.0.2.43:4711\";proto=https;by=203.0.113.1 | 192.0.2.43",
                "for=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
                "for=1.1.1.1, for=192.0.2.43 | 192.0.2.43",
                "for=192.0.2.43, for=10.0.0.2 | 192.0.2.43",
                "for=6.6.6.6,for=192.0.2.43,for=\"[2001:db8::5]\",for=10.0.0.2 | 192.0.2.43",
                "for=10.0.0.2 | 10.0.0.2",
                "for=\"192.0.2.\\43\" | 192.0.2.43",
                "for=unknown | -",
                "for=_hidden | -",
                "for=192.0.2.43, for=unknown | -",
                "proto=https | -",
                "for=192.0.2.43, | -",
                "for=192.0.2.43 for=1.2.3.4 | -",
                "nonsense | -",
                "for=\"192.0.2.43 | -",
                "for=localhost | -",
                "for=1.2.3 | -",
                "for=[192.0.2.43] | -",
            })
    void findsTheOneBeforeTheTrustedProxies(String header, String address) throws Exception {
        assertEquals(
                expected(address),
                proxies.client(Optional.of(header), Optional.empty(), "")
                        .orElseThrow()
                        .address());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.43 | 192.0.2.43",
                "192.0.2.43:4711 | 192.0.2.43",
                "2001:db8:1::7 | 2001:db8:1::7",
                "[2001:db8:1::7]:80 | 2001:db8:1::7",
                "10.9.9.9, 192.0.2.43 | 192.0.2.43",
                "10.9.9.9, 192.0.2.43, 10.0.0.2 | 192.0.2.43",
                "192.0.2.43, | -",
                "unknown | -",
            })
    void readsTheOlderHeaderToo(String header, String address) throws Exception {
        assertEquals(
                expected(address),
                proxies.client(Optional.empty(), Optional.of(header), "")
                        .orElseThrow()
                        .address());
    }

    @Test
    void whoAddsTheOtherHeaderIsNobody() {
        Optional<String> made = Optional.of("for=10.0.0.9");
        assertEquals(
                Hop.UNKNOWN, proxies.client(made, Optional.of("192.0.2.43"), "").orElseThrow());
        assertEquals(
                "192.0.2.43",
                proxies.client(Optional.of("for=192.0.2.43"), Optional.of("192.0.2.43"), "")
                        .flatMap(Hop::address)
                        .orElseThrow()
                        .getHostAddress());
        assertTrue(proxies.client(Optional.empty(), Optional.empty(), "https").isEmpty(), "a proxy asks for itself");
    }

    @Test
    void theProtocolIsThatOfWhoAsked() {
        assertEquals(
                Optional.of(true),
                proxies.client(Optional.of("for=1.2.3.4;proto=HTTPS, for=10.0.0.2;proto=http"), Optional.empty(), "")
                        .flatMap(Hop::https));
        assertEquals(
                Optional.of(true),
                proxies.client(Optional.empty(), Optional.of("1.2.3.4"), "http, https")
                        .flatMap(Hop::https));
        assertEquals(
                Optional.empty(),
                proxies.client(Optional.empty(), Optional.of("1.2.3.4"), "gopher")
                        .flatMap(Hop::https));
    }

    @Test
    void aTextWithoutEndIsNobody() {
        for (String text : List.of("x", "\\\\x", "\\\\")) {
            String header = "for=\"" + text.repeat(10_000) + "\"";
            assertEquals(
                    Hop.UNKNOWN,
                    proxies.client(Optional.of(header), Optional.empty(), "").orElseThrow());
        }
    }

    @Test
    void aListWithoutEndIsCutWhereNobodyIsBelieved() {
        String many = "1.2.3.4, " + "10.0.0.2, ".repeat(100) + "10.0.0.2";
        assertEquals(
                Hop.UNKNOWN,
                proxies.client(Optional.empty(), Optional.of(many), "").orElseThrow());
        assertEquals(
                Optional.empty(),
                ForwardedHops.forwarded("for=1.2.3.4,".repeat(100)).get(0).address());
        assertEquals(
                ForwardedHops.MAX_HOPS, ForwardedHops.forwardedFor(many, "").size());
    }

    private static Optional<InetAddress> expected(String address) throws Exception {
        return address.equals("-") ? Optional.empty() : Optional.of(InetAddress.getByName(address));
    }
}
