package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are a parameter set with a picture of a size that a level allows, or are refused. */
class AvcSpsFuzz {
    @FuzzTest(maxDuration = "1m")
    void parse(byte[] input) {
        check(Bytes.copyOf(input));
    }

    static void check(Bytes input) {
        try {
            AvcSps sps = AvcSps.parse(input);
            assertTrue(sps.width() > 0 && sps.width() <= 1055 * 16, sps::toString);
            assertTrue(sps.height() > 0 && sps.height() <= 1055 * 32, sps::toString);
            assertTrue(sps.sarWidth() > 0 && sps.sarHeight() > 0, sps::toString);
            assertTrue(sps.frameRate().orElse(1) > 0, sps::toString);
        } catch (ProtocolException refused) {
            assertTrue(refused.getMessage().startsWith("sps: "), refused::toString);
        }
    }
}
