package lancaster.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvFileReaderTest {
    private static final String HEADER = "464c56 01 05 00000009 00000000";
    private static final String TAG = "08 000002 000010 01 000000 aabb 0000000d";
    private static final FlvMessage MESSAGE = new FlvMessage(FlvMessage.AUDIO, 0x0100_0010, Bytes.of(0xAA, 0xBB));

    private final List<FlvMessage> messages = new ArrayList<>();
    private final FlvFileReader reader = new FlvFileReader(messages::add);

    @Test
    void readsTags() {
        read(HEADER + TAG + "12 000000 ffffff ff 000000 0000000b");
        assertEquals(List.of(MESSAGE, new FlvMessage(FlvMessage.DATA, 0xFFFF_FFFFL, Bytes.EMPTY)), messages);
        assertTrue(reader.isComplete());
    }

    @Test
    void passesOverLongerHeadersAndWrongSizesOfPreviousTags() {
        read("464c56 01 05 0000000b 0000 00000000" + TAG.replace("0000000d", "ffffffff") + TAG);
        assertEquals(List.of(MESSAGE, MESSAGE), messages);
    }

    @Test
    void tellsWhetherTheFileIsComplete() {
        assertFalse(reader.isComplete());
        read(HEADER);
        assertTrue(reader.isComplete());
        read("08 000002 000010 01 000000 aabb");
        assertTrue(reader.isComplete());
        read("000000");
        assertFalse(reader.isComplete());
        read("0d");
        assertTrue(reader.isComplete());
        read("08");
        assertFalse(reader.isComplete());
        read("000002 000010 01 000000");
        assertFalse(reader.isComplete());
        assertEquals(List.of(MESSAGE), messages);
    }

    @ParameterizedTest
    @CsvSource({
        "464c57 01 05 00000009, MALFORMED",
        "52494646 05 00000009, MALFORMED",
        "464c56 02 05 00000009, UNSUPPORTED",
        "464c56 01 05 00000008, MALFORMED",
        "464c56 01 05 ffffffff, LIMIT",
        "464c56 01 05 00000009 00000000 29 000002 000010 01 000000, UNSUPPORTED",
        "464c56 01 05 00000009 00000000 08 800001 000010 01 000000, LIMIT",
    })
    void refuses(String hex, Kind kind) {
        ProtocolException refused = assertThrows(ProtocolException.class, () -> read(hex));
        assertEquals(kind, refused.kind());
        assertEquals(Scope.STREAM, refused.scope());
    }

    private void read(String hex) {
        reader.read(Hex.bytes(hex).buffer());
    }
}
