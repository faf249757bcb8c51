package lancaster.codec.aac;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes begin with a header that moves a reader on, or are refused. */
class AdtsFuzz {
    @FuzzTest(maxDuration = "1m")
    void parse(byte[] input) {
        check(Bytes.copyOf(input));
    }

    static void check(Bytes input) {
        try {
            Adts.Header header = Adts.parse(input);
            assertTrue(header.frameLength() >= header.headerLength(), header::toString);
            assertTrue(header.sampleRate() > 0, header::toString);
        } catch (ProtocolException refused) {
            assertTrue(refused.getMessage().startsWith("adts: "), refused::toString);
        }
    }
}
