package lancaster.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are a value or refused; what was written once is read and written again as the same value. */
class Amf3Fuzz {
    @FuzzTest(maxDuration = "1m")
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
        new Amf0Reader(Amf0Writer.write(value)).readAll();
    }

    private static AmfValue rewritten(AmfValue value) {
        return new Amf3Reader(new Amf3Writer().value(value).bytes()).read();
    }
}
