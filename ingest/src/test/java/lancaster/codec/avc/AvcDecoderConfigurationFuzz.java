package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are a record that reads back as it is written, or are refused. */
class AvcDecoderConfigurationFuzz {
    @FuzzTest(maxDuration = "1m")
    void parse(byte[] input) {
        check(Bytes.copyOf(input));
    }

    static void check(Bytes input) {
        try {
            AvcDecoderConfiguration config = AvcDecoderConfiguration.parse(input);
            assertEquals(config, AvcDecoderConfiguration.parse(config.write()));
            assertEquals(4, config.withFourByteLengths().nalLengthSize());
        } catch (ProtocolException refused) {
            assertTrue(refused.getMessage().startsWith("avcC: "), refused::toString);
        }
    }
}
