package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;

class FlvFileWriterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesHeaderAndTags() {
        FlvFileWriter writer = new FlvFileWriter(out::write, true, false);
        writer.write(new FlvMessage(FlvMessage.AUDIO, 0x8123_4567L, Bytes.of(0xAA, 0xBB)));
        assertEquals(Hex.bytes("464c56 01 04 00000009 00000000 08 000002 234567 81 000000 aabb 0000000d"), written());
    }

    @Test
    void flagsTellTheTracks() {
        new FlvFileWriter(out::write, false, true);
        new FlvFileWriter(out::write, true, true);
        assertEquals(1, written().u8(4));
        assertEquals(5, written().u8(13 + 4));
    }

    @Test
    void whatItWritesIsReadAsItWas() {
        List<FlvMessage> messages = Samples.messages(Samples.media("avc-aac"));
        FlvFileWriter writer = new FlvFileWriter(out::write, true, true);
        messages.forEach(writer::write);
        assertEquals(messages, Samples.messages(written()));
    }

    @Test
    void refusesTagsThatTheirLengthCantTell() {
        FlvFileWriter writer = new FlvFileWriter(out::write, true, true);
        FlvMessage large = new FlvMessage(FlvMessage.VIDEO, 0, Bytes.wrap(new byte[1 << 24]));
        assertThrows(ProtocolException.class, () -> writer.write(large));
    }

    private Bytes written() {
        return Bytes.wrap(out.toByteArray());
    }
}
