package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are values or malformed; what was read is written and read again as the same values. */
class Amf0Fuzz {
    @FuzzTest
    void read(byte[] message) {
        check(Bytes.wrap(message));
    }

    static void check(Bytes message) {
        List<AmfValue> values;
        try {
            values = new Amf0Reader(message).readAll();
        } catch (ProtocolException refused) {
            return;
        }
        assertEquals(values, new Amf0Reader(Amf0Writer.write(values)).readAll());
    }
}
