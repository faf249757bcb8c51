package lancaster.flv;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.kit.Mutations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of the fuzz classes, for tags and files that are nearly right. */
class FlvMutationTest {
    private static final int RUNS = 200;
    /** A file's first tags: metadata, configurations, frames. */
    private static final int FILE_BYTES = 4_000;

    private final Bytes[] tags = Stream.of(
                    Stream.of(
                            Bytes.concat(Bytes.of(1), Samples.videoHeader(Samples.AVCC)),
                            Bytes.concat(Bytes.of(1), Samples.videoHeader(Samples.OTHER_AVCC)),
                            Bytes.concat(
                                    Bytes.of(1),
                                    Samples.keyFrame(
                                            Samples.OTHER_SPS, Samples.PPS, Samples.RECOVERY_POINT, Samples.IDR)),
                            Bytes.concat(Bytes.of(0), Samples.audioHeader(Samples.ASC))),
                    VideoTagTest.singlePackets().map(tag -> Hex.bytes("01" + tag.get()[0])),
                    AudioTagTest.singlePackets().map(tag -> Hex.bytes("00" + tag.get()[0])))
            .flatMap(stream -> stream)
            .toArray(Bytes[]::new);

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void survivesMutatedTags(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < RUNS; i++) {
            FlvTagFuzz.check(Mutations.mutate(tags[random.nextInt(tags.length)], random));
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void survivesMutatedFiles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (String name : Samples.MEDIA_FILES) {
            Bytes file = Samples.media(name).slice(0, FILE_BYTES);
            for (int i = 0; i < RUNS / 10; i++) {
                FlvFileFuzz.check(Mutations.mutate(file, random));
            }
        }
    }
}
