package lancaster.codec.aac;

import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AacMutationTest {
    private static final int MUTATIONS = 50;
    private static final List<Bytes> RECORDS =
            List.of(AudioSpecificConfigTest.surround().bytes(), Hex.bytes("eb098800"), Hex.bytes("131056e59d4880"));

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void mutatedConfigurationsAndHeadersAreReadOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            RECORDS.forEach(record -> AudioSpecificConfigFuzz.check(Mutations.mutate(record, random)));
            AdtsFuzz.check(Mutations.mutate(Hex.bytes("fff14c80 2e7ffc 2110"), random));
        }
    }
}
