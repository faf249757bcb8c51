package lancaster.amf;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of the fuzz classes, for messages that are nearly right. */
class AmfMutationTest {
    private static final int RUNS = 200;

    private final List<Bytes> amf0 = valid(Amf0Test.values().map(values -> (String) values.get()[0]));
    private final List<Bytes> amf3 = valid(Amf3Test.values().map(values -> (String) values.get()[0]));

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void survivesMutatedAmf0(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < RUNS; i++) {
            Amf0Fuzz.check(Mutations.mutate(Bytes.concat(some(amf0, random), some(amf0, random)), random));
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void survivesMutatedAmf3(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < RUNS; i++) {
            Bytes array = Bytes.concat(Hex.bytes("09 05 01"), some(amf3, random), some(amf3, random));
            Amf3Fuzz.check(Mutations.mutate(array, random));
            Amf0Fuzz.check(Mutations.mutate(Bytes.concat(Bytes.of(Amf0Marker.AVMPLUS), array), random));
        }
    }

    private static Bytes some(List<Bytes> valid, SplittableRandom random) {
        return valid.get(random.nextInt(valid.size()));
    }

    private static List<Bytes> valid(Stream<String> hex) {
        return hex.map(Hex::bytes).toList();
    }
}
