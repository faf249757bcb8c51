package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    private static final String HEADER = "80 A1 FFFE 89ABCDEF 5E55101D ";

    @Test
    void readsTheFixedHeader() {
        RtpPacket packet = parse(HEADER + "47 00");
        assertEquals(true, packet.marker());
        assertEquals(33, packet.payloadType());
        assertEquals(0xFFFE, packet.sequence());
        assertEquals(0x89AB_CDEFL, packet.timestamp());
        assertEquals(0x5E55_101D, packet.ssrc());
        assertEquals(Hex.bytes("47 00"), packet.payload());
    }

    @Test
    void skipsContributingSourcesExtensionAndPadding() {
        RtpPacket packet = parse("B2 21 0001 00000002 00000003 AAAAAAAA BBBBBBBB BEDE0001 01020304 4711 0002");
        assertEquals(Hex.bytes("4711"), packet.payload());
    }

    @Test
    void takesAnEmptyPayload() {
        assertEquals(Bytes.EMPTY, parse(HEADER).payload());
    }

    @Test
    void refusesOtherVersions() {
        assertNull(RtpPacket.parse(Hex.bytes("40 21 0001 00000002 00000003")));
        assertNull(RtpPacket.parse(Hex.bytes("47 21 0001 00000002 00000003")), "a bare transport stream");
    }

    @Test
    void refusesRtcpOnTheSharedPort() {
        assertNull(RtpPacket.parse(Hex.bytes("80 C8 0006 00000002 00000003")));
        assertNotNull(RtpPacket.parse(Hex.bytes("80 E0 0006 00000002 00000003")), "payload type 96 with marker");
    }

    @Test
    void refusesLengthsBeyondThePacket() {
        assertNull(RtpPacket.parse(Hex.bytes("8F 21 0001 00000002 00000003 47")), "15 contributing sources");
        assertNull(RtpPacket.parse(Hex.bytes("90 21 0001 00000002 00000003 BEDE 0002 00000000")), "the extension");
        assertNull(RtpPacket.parse(Hex.bytes("90 21 0001 00000002 00000003 BE")), "the extension's head");
        assertNull(RtpPacket.parse(Hex.bytes("A0 21 0001 00000002 00000003 47 03")), "the padding");
        assertNull(RtpPacket.parse(Hex.bytes("A0 21 0001 00000002 00000003 47 00")), "no padding where it is said");
    }

    @Test
    void refusesEveryTruncatedHeader() {
        Bytes whole = Hex.bytes(HEADER);
        for (int length = 0; length < whole.length(); length++) {
            assertNull(RtpPacket.parse(whole.slice(0, length)));
        }
    }

    @Test
    void readsWhatTheHeaderWrites() {
        byte[] datagram = new byte[20];
        RtpHeader.write(datagram, 4, true, 96, 0x1_2345, 0x1_89AB_CDEFL, -2);
        RtpPacket packet = RtpFixtures.parsed(Bytes.wrap(datagram, 4, 16));
        assertEquals(new RtpPacket(packet.bytes(), true, 96, 0x2345, 0x89AB_CDEFL, -2, Hex.bytes("00000000")), packet);
    }

    @Test
    void sequenceNumbersWrap() {
        assertEquals(3, SequenceNumber.difference(1, 0xFFFE));
        assertEquals(-3, SequenceNumber.difference(0xFFFE, 1));
        assertEquals(0x1_0001, SequenceNumber.extend(1, 0xFFFE));
        assertEquals(0xFFFE, SequenceNumber.extend(0xFFFE, 0x1_0001));
    }

    private static RtpPacket parse(String hex) {
        return RtpFixtures.parsed(Hex.bytes(hex));
    }
}
