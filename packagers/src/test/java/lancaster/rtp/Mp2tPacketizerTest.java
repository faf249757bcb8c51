package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;

class Mp2tPacketizerTest {
    private final Mp2tPacketizer packetizer = new Mp2tPacketizer(RtpFixtures.SSRC, 0xFFFF, 0xFFFF_FF00L);

    @Test
    void numbersPacketsFromTheNumberHandedInAndWraps() {
        assertEquals(0xFFFF, packetize(0, false).sequence());
        assertEquals(0, packetizer.nextSequence());
        assertEquals(0, packetize(900, false).sequence());
    }

    @Test
    void stampsTheDepartureOnAnOffset() {
        assertEquals(0xFFFF_FF00L, packetize(0, false).timestamp());
        assertEquals(0x44L, packetize(0x144, false).timestamp());
        assertEquals(packetizer.timestamp(0x144), packetize(0x144, false).timestamp());
    }

    @Test
    void marksStepsOfTheClockAlone() {
        assertFalse(packetize(0, false).marker());
        assertTrue(packetize(900_000, true).marker());
        assertFalse(packetize(900_900, false).marker());
    }

    @Test
    void countsWhatASenderReportSays() {
        packetize(0, false);
        packetize(900, false);
        assertEquals(2, packetizer.packets());
        assertEquals(2 * 1316, packetizer.octets());
    }

    private RtpPacket packetize(long departure90k, boolean step) {
        byte[] datagram = new byte[5 + RtpHeader.SIZE + 1316];
        int length = packetizer.packetize(datagram, 5, 1316, departure90k, step);
        assertEquals(RtpHeader.SIZE + 1316, length);
        RtpPacket packet = RtpFixtures.parsed(Bytes.wrap(datagram, 5, length));
        assertEquals(33, packet.payloadType());
        assertEquals(RtpFixtures.SSRC, packet.ssrc());
        return packet;
    }
}
