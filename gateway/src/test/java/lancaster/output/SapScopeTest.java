package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lancaster.multicast.IpLiteral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SapScopeTest {
    @ParameterizedTest
    @CsvSource({
        "224.2.128.7, 224.2.127.254",
        "232.10.1.7, 224.2.127.254",
        "233.252.0.1, 224.2.127.254",
        "239.255.12.5, 239.255.255.255",
        "239.1.2.3, 239.255.255.255",
        "239.192.0.1, 239.195.255.255",
        "239.195.9.9, 239.195.255.255",
        "239.196.0.1, 239.255.255.255",
        "ff3e::8000:1, ff0e::2:7ffe",
        "ff15::1:2, ff05::2:7ffe",
        "ff32::8000:1, ff02::2:7ffe"
    })
    void announcesInTheScopeOfTheSession(String session, String announcements) {
        assertEquals(
                announcements,
                IpLiteral.text(SapScope.group(IpLiteral.parse(session).orElseThrow())));
    }
}
