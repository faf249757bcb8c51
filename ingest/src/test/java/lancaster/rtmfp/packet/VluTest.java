package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variable length numbers (RFC 7016 §2.1.2). */
class VluTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8100",
        "16383, ff7f",
        "16384, 818000",
        "2000001, fa8901",
        "9223372036854775807, ffffffffffffffff7f",
        "-9223372036854775808, 81808080808080808000",
        "-1, 81ffffffffffffffff7f"
    })
    void numbersAreWrittenSevenBitsAByte(long value, String hex) {
        Bytes bytes = Hex.bytes(hex);
        assertEquals(bytes, Vlu.write(new ByteWriter(), value).bytes());
        byte[] array = new byte[12];
        int end = Vlu.write(array, 1, value);
        assertEquals(bytes, Bytes.wrap(array, 1, end - 1));
        assertEquals(bytes.length(), Vlu.length(value));
        PacketCursor in = new PacketCursor(bytes);
        assertEquals(value, in.vlu());
        assertEquals(0, in.remaining());
    }

    @Test
    void lengthsAgreeWithWhatIsWrittenAtEveryBit() {
        for (int bit = 0; bit < 64; bit++) {
            for (long value : new long[] {1L << bit, (1L << bit) - 1, -1L >>> bit}) {
                assertEquals(
                        Vlu.length(value), Vlu.write(new ByteWriter(), value).length());
            }
        }
    }

    @Test
    void leadingZeroDigitsAreRead() {
        assertEquals(1, new PacketCursor(Hex.bytes("80808001")).vlu());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82808080808080808000",
                "ffffffffffffffffff7f",
                "8180808080808080808000",
                "80808080808080808080808001"
            })
    void numbersPast64BitsAndPastTenBytesAreRefused(String hex) {
        MalformedPacketException refused =
                assertThrows(MalformedPacketException.class, () -> new PacketCursor(Hex.bytes(hex)).vlu());
        assertEquals(Reason.NUMBER, refused.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "ffffffffffffff"})
    void numbersThatGoOnBehindTheEndAreTruncated(String hex) {
        MalformedPacketException refused =
                assertThrows(MalformedPacketException.class, () -> new PacketCursor(Hex.bytes(hex)).vlu());
        assertEquals(Reason.TRUNCATED, refused.reason());
    }

    @Test
    void countsStayBelowTwoToThe63() {
        assertEquals(Long.MAX_VALUE, new PacketCursor(Hex.bytes("ffffffffffffffff7f")).count());
        assertThrows(MalformedPacketException.class, () -> new PacketCursor(Hex.bytes("81808080808080808000")).count());
    }
}
