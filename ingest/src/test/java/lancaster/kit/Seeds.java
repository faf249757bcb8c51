package lancaster.kit;

import java.util.stream.LongStream;

/**
 * Seeds for {@code @ParameterizedTest @MethodSource("lancaster.kit.Seeds#some")}: the seed stands in the name of a
 * failed test and {@code -Dseed=N} replays it alone.
 */
public final class Seeds {
    private Seeds() {}

    /** As many seeds as an ordinary run bears. */
    public static LongStream some() {
        return upTo(20);
    }

    /** As many seeds as a simulation in an ordinary run bears. */
    public static LongStream hundreds() {
        return upTo(200);
    }

    /** For the nightly profile. */
    public static LongStream thousands() {
        return upTo(1_000);
    }

    private static LongStream upTo(int count) {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, count) : LongStream.of(only);
    }
}
