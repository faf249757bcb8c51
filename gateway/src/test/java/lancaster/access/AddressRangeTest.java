package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/33, 2001:db8:ffff::1, false",
        "::1, ::1, true",
    })
    void holdsWhatBeginsAlike(String range, String address, boolean holds) throws UnknownHostException {
        assertEquals(holds, AddressRange.parse(range).orElseThrow().contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0/8",
                "300.1.1.1",
                "example.com",
                "::/129",
                "2001:db8::1/32",
                "10",
                "1.2.3.4/",
                "/8",
                "fe80::1%lo"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertEquals(Optional.empty(), AddressRange.parse(text));
    }

    @Test
    void isWrittenWithItsPrefix() {
        assertEquals(
                "10.0.0.0/8", AddressRange.parse("10.0.0.0/8").orElseThrow().toString());
        assertEquals(
                "192.0.2.7/32", AddressRange.parse("192.0.2.7").orElseThrow().toString());
    }
}
