package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lancaster.kit.Hex;
import lancaster.rtmp.chunk.RawMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be given up and what may not. */
class WorthTest {
    @ParameterizedTest
    @CsvSource({
        // H.264: configuration, key frame, others, end of sequence
        "9, 17 00 00 00 00 01, ESSENTIAL",
        "9, 17 01 00 00 00 01, KEY",
        "9, 27 01 00 00 00 01, INTER",
        "9, 27 02 00 00 00, ESSENTIAL",
        // VP6
        "9, 14 00, KEY",
        "9, 24 00, INTER",
        // Enhanced: sequence start, key frame, others in both forms
        "9, 90 68 76 63 31, ESSENTIAL",
        "9, 91 68 76 63 31 00 00 00, KEY",
        "9, A1 68 76 63 31 00 00 00, INTER",
        "9, A3 68 76 63 31 00, INTER",
        // AAC: configuration, frame; MP3; Opus enhanced: sequence start, frame
        "8, AF 00 12 10, ESSENTIAL",
        "8, AF 01 21, SOUND",
        "8, 2F 01, SOUND",
        "8, 90 4F 70 75 73, ESSENTIAL",
        "8, 91 4F 70 75 73 01, SOUND",
        "18, 02 00 01, ESSENTIAL",
        "20, 02 00 01, ESSENTIAL"
    })
    void tellsWhatOthersNeed(int typeId, String payload, Worth worth) {
        assertEquals(worth, Worth.of(new RawMessage(typeId, 1, 0, Hex.bytes(payload))));
    }
}
