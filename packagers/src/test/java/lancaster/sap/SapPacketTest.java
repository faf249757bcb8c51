package lancaster.sap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class SapPacketTest {
    private static final Bytes IPV4 = Bytes.of(10, 0, 0, 5);
    private static final Bytes IPV6 = Hex.bytes("fd00000000000000 0000000000000005");
    private static final Bytes SDP = ascii("v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\n");

    private static Bytes ascii(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Bytes deflated(Bytes plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain.toArray());
        deflater.finish();
        byte[] out = new byte[plain.length() + 64];
        return Bytes.wrap(Arrays.copyOf(out, deflater.deflate(out)));
    }

    @Test
    void writesAnAnnouncementByTheLetter() {
        SapPacket packet = new SapPacket(false, 0x1234, IPV4, SapPacket.SDP, ascii("v=0"));
        assertEquals(Bytes.concat(Hex.bytes("20 00 1234 0A000005"), ascii("application/sdp\0v=0")), packet.bytes());
        assertEquals(0x24, packet.deleted().bytes().u8(0));
        assertEquals(
                0x30, new SapPacket(false, 1, IPV6, SapPacket.SDP, SDP).bytes().u8(0));
    }

    @Test
    void readsWhatItWrites() {
        for (Bytes origin : new Bytes[] {IPV4, IPV6}) {
            SapPacket packet = SapPacket.announcement(origin, SDP);
            assertEquals(Optional.of(packet), SapPacket.parse(packet.bytes()));
            assertEquals(
                    Optional.of(packet.deleted()),
                    SapPacket.parse(packet.deleted().bytes()));
        }
    }

    @Test
    void theHashFollowsTheContentAndIsNeverZero() {
        int hash = SapPacket.announcement(IPV4, SDP).messageIdHash();
        assertEquals(hash, SapPacket.announcement(IPV4, SDP).deleted().messageIdHash());
        assertNotEquals(hash, SapPacket.announcement(IPV4, ascii("v=0\r\n")).messageIdHash());
        for (int i = 0; i < 200_000; i++) {
            assertTrue(
                    SapPacket.announcement(IPV4, Bytes.of(i >> 16, i >> 8, i)).messageIdHash() != 0);
        }
    }

    @Test
    void readsADescriptionWithoutAType() {
        SapPacket packet = SapPacket.parse(Bytes.concat(Hex.bytes("20 00 1234 0A000005"), SDP))
                .orElseThrow();
        assertEquals(SapPacket.SDP, packet.payloadType());
        assertEquals(SDP, packet.payload());
    }

    @Test
    void readsADeletionThatOnlyNamesTheSession() {
        assertTrue(
                SapPacket.parse(Hex.bytes("24 00 1234 0A000005")).orElseThrow().deletion());
        assertEquals(
                ascii("o=- 1 1 IN IP4 10.0.0.5"),
                SapPacket.parse(Bytes.concat(Hex.bytes("24 00 1234 0A000005"), ascii("o=- 1 1 IN IP4 10.0.0.5")))
                        .orElseThrow()
                        .payload());
        assertEquals(Optional.empty(), SapPacket.parse(Hex.bytes("20 00 1234 0A000005")), "no announcement");
    }

    @Test
    void skipsAuthenticationData() {
        Bytes packet = Bytes.concat(Hex.bytes("20 02 1234 0A000005 0011223344556677"), SDP);
        assertEquals(SDP, SapPacket.parse(packet).orElseThrow().payload());
        assertEquals(Optional.empty(), SapPacket.parse(Hex.bytes("20 FF 1234 0A000005 00112233")));
    }

    @Test
    void unpacksCompressedPayload() {
        Bytes packet =
                Bytes.concat(Hex.bytes("21 00 1234 0A000005"), deflated(Bytes.concat(ascii("application/sdp\0"), SDP)));
        assertEquals(SDP, SapPacket.parse(packet).orElseThrow().payload());
    }

    @Test
    void refusesWhatUnpacksToTooMuch() {
        Bytes bomb = Bytes.wrap(new byte[1 << 20]);
        assertEquals(Optional.empty(), SapPacket.parse(Bytes.concat(Hex.bytes("21 00 1234 0A000005"), deflated(bomb))));
    }

    @Test
    void refusesBrokenCompression() {
        Bytes packed = deflated(SDP);
        assertEquals(
                Optional.empty(),
                SapPacket.parse(Bytes.concat(Hex.bytes("21 00 1234 0A000005"), packed.slice(0, packed.length() - 8))));
        assertEquals(Optional.empty(), SapPacket.parse(Bytes.concat(Hex.bytes("21 00 1234 0A000005"), SDP)));
    }

    @Test
    void refusesEncryptedPacketsAndOtherVersions() {
        assertEquals(Optional.empty(), SapPacket.parse(Bytes.concat(Hex.bytes("22 00 1234 0A000005"), SDP)));
        assertEquals(Optional.empty(), SapPacket.parse(Bytes.concat(Hex.bytes("40 00 1234 0A000005"), SDP)));
    }

    @Test
    void refusesEveryTruncatedHead() {
        Bytes whole = SapPacket.announcement(IPV6, SDP).bytes();
        for (int length = 0; length < 20 + SapPacket.SDP.length(); length++) {
            assertFalse(SapPacket.parse(whole.slice(0, length)).isPresent(), "length " + length);
        }
    }
}
