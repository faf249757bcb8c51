package lancaster.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class BytesTest {
    private final Bytes bytes = Hex.bytes("00 01 02 03 fe ff");

    @Test
    void readsBigEndian() {
        assertEquals(0x0102, bytes.u16(1));
        assertEquals(0x010203, bytes.u24(1));
        assertEquals(0x0203feffL, bytes.u32(2));
        assertEquals(0xff, bytes.u8(5));
    }

    @Test
    void slicesShareAndAreBounded() {
        Bytes slice = bytes.slice(1, 3);
        assertEquals(Hex.bytes("010203"), slice);
        assertEquals(Hex.bytes("0203"), slice.slice(1));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.get(3));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(2, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.u24(4));
    }

    @Test
    void equalsByContent() {
        assertEquals(Bytes.of(1, 2), Hex.bytes("ff0102").slice(1));
        assertEquals(Bytes.of(1, 2).hashCode(), Hex.bytes("ff0102").slice(1).hashCode());
        assertNotEquals(Bytes.of(1, 2), Bytes.of(1, 3));
    }

    @Test
    void copiesBuffersWithoutMovingThem() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 8, 7});
        buffer.get();
        assertEquals(Bytes.of(8, 7), Bytes.copyOf(buffer));
        assertEquals(1, buffer.position());
        assertThrows(
                java.nio.ReadOnlyBufferException.class, () -> bytes.buffer().put((byte) 0));
    }

    @Test
    void readerNamesWhatIsCutShort() {
        ByteReader reader = new ByteReader(bytes, "avcC");
        reader.skip(4);
        ProtocolException e = assertThrows(ProtocolException.class, reader::u24);
        assertEquals("avcC: needs 3 bytes, has 2 at byte 4", e.getMessage());
        assertEquals(Scope.MESSAGE, e.scope());
        assertEquals(-2, new ByteReader(Hex.bytes("fffffe"), "cts").i24());
    }

    @Test
    void writerAndReaderAgree() {
        ByteWriter writer = new ByteWriter(1);
        writer.u8(1).u16(0x0203).u24(0x040506).u32(0xfffffffeL).u64(-2).f64(1.5).ascii("hi");
        ByteReader reader = new ByteReader(writer.bytes(), "test");
        assertEquals(1, reader.u8());
        assertEquals(0x0203, reader.u16());
        assertEquals(0x040506, reader.u24());
        assertEquals(0xfffffffeL, reader.u32());
        assertEquals(-2, reader.i64());
        assertEquals(1.5, reader.f64());
        assertEquals("hi", reader.utf8(2));
        assertEquals(0, reader.remaining());
    }

    @Test
    void bitsRoundTrip() {
        Bytes written = new BitWriter().bits(5, 3).flag(true).bits(0x1234, 13).bytes();
        BitReader reader = new BitReader(written, "test");
        assertEquals(5, reader.bits(3));
        assertEquals(true, reader.flag());
        assertEquals(0x1234, reader.bits(13));
        assertThrows(ProtocolException.class, () -> reader.bits(8));
    }
}
