package lancaster.codec.avc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any bytes are an access unit in each framing, or are refused; a byte stream survives the way there and back. */
class NalUnitsFuzz {
    @FuzzTest(maxDuration = "1m")
    void walk(byte[] input) {
        check(Bytes.copyOf(input));
    }

    static void check(Bytes input) {
        Bytes prefixed = AnnexB.toLengthPrefixed(input);
        assertEquals(prefixed, AnnexB.toLengthPrefixed(AnnexB.fromLengthPrefixed(prefixed)));
        for (int lengthSize : new int[] {1, 2, 4}) {
            try {
                Bytes accessUnit = NalUnits.withFourByteLengths(input, lengthSize);
                boolean idr = NalUnits.hasIdr(accessUnit);
                assertTrue(NalUnits.hasSlice(accessUnit) || !idr, "an IDR picture without a slice");
                NalUnits.recoveryFrames(accessUnit);
            } catch (ProtocolException refused) {
                assertTrue(refused.getMessage().startsWith("avc access unit: "), refused::toString);
            }
        }
    }
}
