package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are a value or malformed; what was written once is read and written again as the same bytes. */
class Amf3Fuzz {
    @FuzzTest
    void read(byte[] message) {
        check(Bytes.wrap(message));
    }

    static void check(Bytes message) {
        AmfValue value;
        try {
            value = new Amf3Reader(message).read();
        } catch (ProtocolException refused) {
            return;
        }
        // Properties without a name and empty ECMA arrays change on the way, once.
        AmfValue written = rewritten(value);
        assertEquals(written, rewritten(written));
    }

    private static AmfValue rewritten(AmfValue value) {
        return new Amf3Reader(new Amf3Writer().value(value).bytes()).read();
    }
}
