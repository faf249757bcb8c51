package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are values or refused; what was written once is read and written again as the same values. */
class Amf0Fuzz {
    @FuzzTest(maxDuration = "1m")
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
        // Values behind the switch to AMF3 change on the way as Amf3Fuzz says, once.
        List<AmfValue> written = rewritten(values);
        assertEquals(written, rewritten(written));
    }

    private static List<AmfValue> rewritten(List<AmfValue> values) {
        return new Amf0Reader(Amf0Writer.write(values)).readAll();
    }
}
