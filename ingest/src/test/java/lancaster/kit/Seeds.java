package lancaster.kit;

import java.util.stream.LongStream;

/**
 * Seeds for {@code @ParameterizedTest @MethodSource("lancaster.kit.Seeds#some")}: the seed stands in the name of a
 * failed test and {@code -Dseed=N} replays it alone.
 */
public final class Seeds {
    private static final long FIRST_OF_THE_NIGHT = 1_000_000;

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

    /** For the nightly profile: thousands that no ordinary run has, or those from {@code -Dseed.first=N} on. */
    public static LongStream nightly() {
        return from(Long.getLong("seed.first", FIRST_OF_THE_NIGHT), 3_000);
    }

    /** As {@link #nightly}, as many as simulations bear that take seconds each. */
    public static LongStream nightlyFew() {
        return nightly().limit(200);
    }

    private static LongStream upTo(int count) {
        return from(0, count);
    }

    private static LongStream from(long first, int count) {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(first, first + count) : LongStream.of(only);
    }
}
