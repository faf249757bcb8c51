package lancaster.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.media.CodecConfig.AacConfig;

/** Any bytes are a configuration that ADTS can tell, or are refused. */
class AudioSpecificConfigFuzz {
    @FuzzTest(maxDuration = "1m")
    void parse(byte[] input) {
        check(Bytes.copyOf(input));
    }

    static void check(Bytes input) {
        AacConfig config;
        try {
            config = AudioSpecificConfig.parse(input);
        } catch (ProtocolException refused) {
            assertTrue(refused.getMessage().startsWith("AudioSpecificConfig: "), refused::toString);
            return;
        }
        assertTrue(config.channels() > 0 && config.sampleRate() > 0, config::toString);
        AudioSpecificConfig read = AudioSpecificConfig.of(config);
        try {
            Adts adts = new Adts(read);
            byte[] header = new byte[adts.headerLength()];
            adts.writeHeader(100, header, 0);
            Adts.Header parsed = Adts.parse(Bytes.wrap(header));
            assertEquals(read.objectType(), parsed.objectType());
            assertEquals(read.sampleRate(), parsed.sampleRate());
            assertEquals(read.channelConfiguration(), parsed.channelConfiguration());
            assertEquals(header.length + 100, parsed.frameLength());
        } catch (ProtocolException refused) {
            assertEquals(Kind.UNSUPPORTED, refused.kind());
        }
    }
}
