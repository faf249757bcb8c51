package lancaster.codec.avc;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvcMutationTest {
    private static final int MUTATIONS = 50;
    private static final List<Bytes> SPS = List.of(
            Hex.bytes(AvcSpsTest.HD_30),
            Hex.bytes("6764001eacd940a03dbff000d00111000003000100000300320f162d96"),
            Hex.bytes("67f4000d919b282a33c7c5e022000003000200000300641e28532c"));

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void mutatedParameterSetsAreReadOrRefused(long seed) {
        for (Bytes sps : SPS) {
            mutate(sps, seed, AvcSpsFuzz::check);
            AvcDecoderConfiguration record = AvcDecoderConfiguration.of(List.of(sps), List.of(Hex.bytes("68ef8fcb")));
            mutate(record.write(), seed, AvcDecoderConfigurationFuzz::check);
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void mutatedAccessUnitsAreReadOrRefused(long seed) {
        Bytes accessUnit = Hex.bytes("00000002 09f0 00000009 06 0002aabb 060184 80 00000004 65888421");
        mutate(accessUnit, seed, NalUnitsFuzz::check);
        mutate(AnnexB.fromLengthPrefixed(accessUnit), seed, NalUnitsFuzz::check);
    }

    private static void mutate(Bytes valid, long seed, Consumer<Bytes> check) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            check.accept(Mutations.mutate(valid, random));
        }
    }
}
