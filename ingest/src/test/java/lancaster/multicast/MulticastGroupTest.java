package lancaster.multicast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastGroupTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "232.10.1.7:5004",
                "10.0.0.5@232.10.1.7:5004",
                "[ff3e::8000:1]:5004",
                "fd00:a::1@[ff3e::8000:1]:65535",
                "[ff15::]:1",
                "[ff15:0:1::2:3]:1"
            })
    void readsWhatItWrites(String text) {
        assertEquals(text, MulticastGroup.parse(text).toString());
    }

    @Test
    void readsBracketsAroundTheSourceToo() {
        assertEquals(
                "fd00::1@[ff3e::8000:1]:5004",
                MulticastGroup.parse("[fd00::1]@[ff3e::8000:1]:5004").toString());
        assertEquals("239.1.2.3:1234", MulticastGroup.parse("@239.1.2.3:1234").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "239.1.2.3",
                "239.1.2.3:",
                "239.1.2.3:x",
                "239.1.2.3:123456",
                "239.1.2.3:-1",
                "239.1.2:5004",
                "239.1.2.300:5004",
                "ff15::1:5004",
                "[239.1.2.3]:5004",
                "box:5004",
                "box@239.1.2.3:5004",
                "10.0.0.5@239.1.2.3",
                "[ff15::1:5004"
            })
    void saysWhatAGroupLooksLike(String text) {
        assertEquals('"' + text + "\" isn't " + MulticastGroup.FORM, refusal(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5:5004,'10.0.0.5 is no multicast address: those are 224.0.0.0 to 239.255.255.255, and ff00::/8'",
        "239.1.2.3:0,port 0 isn't 1 to 65535",
        "239.1.2.3:65536,port 65536 isn't 1 to 65535",
        "fd00::1@239.1.2.3:1,source fd00::1 and group 239.1.2.3 are not both IPv4 or both IPv6",
        "239.1.2.4@239.1.2.3:1,source 239.1.2.4 is no address that a sender can have",
        "0.0.0.0@239.1.2.3:1,source 0.0.0.0 is no address that a sender can have"
    })
    void saysWhyAGroupCantBe(String text, String why) {
        assertEquals(why, refusal(text));
    }

    @ParameterizedTest
    @CsvSource({
        "232.10.1.7:1,true",
        "239.10.1.7:1,false",
        "[ff3e::8000:1]:1,true",
        "[ff32::8000:1]:1,true",
        "[ff3e:30:fd00::1]:1,false",
        "[ff15::1]:1,false"
    })
    void knowsGroupsThatNeedTheSource(String text, boolean sourceSpecific) {
        assertEquals(sourceSpecific, MulticastGroup.parse(text).isSourceSpecific());
    }

    @Test
    void namesNeverReachAResolver() {
        assertTrue(IpLiteral.parse("localhost").isEmpty());
        assertTrue(IpLiteral.parse("dead.beef").isEmpty());
        assertTrue(IpLiteral.parse("1234").isEmpty());
        assertTrue(IpLiteral.parse("beef").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"AF41,34", "af41,34", "CS0,0", "CS7,56", "EF,46", "VA,44", "LE,1", "63,63", "34,34", "AF13,14"})
    void readsDscpNamesAndNumbers(String text, int dscp) {
        assertEquals(dscp, Dscp.parse(text).orElseThrow());
        assertEquals(dscp, Dscp.parse(Dscp.text(dscp)).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "AF44", "AF14", "CS8", "-1", "0x10"})
    void refusesWhatIsNoDscp(String text) {
        assertTrue(Dscp.parse(text).isEmpty());
    }

    @Test
    void theTrafficClassHoldsTheDscpInItsUpperBits() {
        assertEquals(0x88, Dscp.trafficClass(Dscp.AF41));
        assertEquals("AF41", Dscp.text(34));
        assertEquals("63", Dscp.text(63));
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> MulticastGroup.parse(text))
                .getMessage();
    }
}
