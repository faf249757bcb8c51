package lancaster.output;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, and from the beginning after a good while. */
public final class Backoff {
    private static final long FIRST_NS = 500_000_000;
    private static final long LONGEST_NS = 30_000_000_000L;
    /** What ran this long did not fail at its start. */
    private static final long GOOD_NS = 60_000_000_000L;

    /** Of a wait by chance, so that what failed together doesn't come back together. */
    private static final double JITTER = 0.5;

    private final long longestNs;
    private final Optional<RandomGenerator> random;
    private long waitNs = FIRST_NS;

    public Backoff() {
        this(LONGEST_NS);
    }

    /** What is cheap to try need not wait long. */
    public Backoff(long longestNs) {
        this(longestNs, Optional.empty());
    }

    /** @param random shortens each wait, by half at most */
    public Backoff(long longestNs, RandomGenerator random) {
        this(longestNs, Optional.of(random));
    }

    private Backoff(long longestNs, Optional<RandomGenerator> random) {
        this.longestNs = longestNs;
        this.random = random;
    }

    /** The wait after something that ran for {@code ranNs}. */
    public long nextNs(long ranNs) {
        long wait = ranNs >= GOOD_NS ? FIRST_NS : waitNs;
        waitNs = Math.min(longestNs, wait * 2);
        return (long)
                (wait * (1 - JITTER * random.map(RandomGenerator::nextDouble).orElse(0.0)));
    }

    /** What is tried next is tried as if for the first time. */
    public void reset() {
        waitNs = FIRST_NS;
    }
}
