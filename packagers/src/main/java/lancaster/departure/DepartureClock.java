package lancaster.departure;

/**
 * The clock of a stream as the arrivals of its access units tell it: stream time is the loop's time less an offset,
 * which follows the smallest delay of the last seconds by at most {@link #MAX_SLEW}, so that jitter doesn't reach it.
 * Steps are its owner's decision.
 */
final class DepartureClock {
    /** Delays of the last seconds, in a class for each second. */
    private static final int SECONDS = 16;

    /** The longest delay is that of so many seconds: an encoder that is too fast is to be seen soon. */
    private static final int SECONDS_OF_LONGEST = 4;

    private static final long SECOND_NS = 1_000_000_000;
    /** §2.4.2.1 allows 30 ppm; crystals of computers need more. */
    static final double MAX_SLEW = 100e-6;
    /** A difference is to be gone after about this time, so that the frequency changes slowly. */
    private static final double SLEW_OVER_NS = 100e9;
    /**
     * Delays that differ by more aren't jitter of the network but clumps of the sender: the offset keeps so near to the
     * longest of them.
     */
    static final long MAX_JITTER_NS = 100_000_000;
    /** All units come early: by less the offset follows slowly, by more it may step. */
    static final long EARLY_NS = 40_000_000;
    /** Units that come this soon after a beginning may be a burst that had piled up. */
    private static final long BURST_NS = 250_000_000;
    /** So long is watched before it is said that all units come early. */
    private static final long PATIENCE_NS = SECOND_NS;
    /**
     * And so long behind a step: who makes up for a slow start by sending a little too fast, as ffmpeg does for ten
     * seconds, gets one step at the end, not one every 40 ms.
     */
    private static final long PATIENCE_AGAIN_NS = 10 * SECOND_NS;

    private final long[] leastNs = new long[SECONDS];
    private final long[] mostNs = new long[SECONDS];
    private long second = Long.MIN_VALUE;
    private boolean running;
    private long offsetNs;
    private long sinceNs;
    private double slew;
    private long burstUntilNs;
    private long patientUntilNs;
    private long delayNs;

    DepartureClock() {
        forget();
    }

    boolean isRunning() {
        return running;
    }

    /** Stream time at a moment of the loop. */
    long timeNs(long nowNs) {
        return nowNs - offsetNs(nowNs);
    }

    /** When stream time is {@code timeNs}, as far as can be said at {@code nowNs}. */
    long momentNs(long timeNs, long nowNs) {
        return timeNs + offsetNs(nowNs);
    }

    /** How much the encoder's clock seems to run faster than the loop's. */
    double skewPpm() {
        return -slew * 1e6;
    }

    /** By how much the last access unit came later than stream time. */
    long delayNs() {
        return delayNs;
    }

    /** An access unit with decoding time {@code dtsNs} has come; by how much later than stream time. */
    long observe(long nowNs, long dtsNs) {
        long now = Math.floorDiv(nowNs, SECOND_NS);
        if (now != second) {
            turn(now);
        }
        int at = Math.floorMod(now, SECONDS);
        leastNs[at] = Math.min(leastNs[at], nowNs - dtsNs);
        if (nowNs - burstUntilNs >= 0) {
            mostNs[at] = Math.max(mostNs[at], nowNs - dtsNs);
        }
        if (running && nowNs - patientUntilNs >= 0 && nowNs - sinceNs >= SECOND_NS) {
            follow(nowNs);
        }
        delayNs = running ? nowNs - dtsNs - offsetNs(nowNs) : 0;
        return delayNs;
    }

    /** Stream time is that of an access unit that comes now. */
    void begin(long nowNs, long dtsNs) {
        step(nowNs, nowNs - dtsNs);
        watchAnew(nowNs, dtsNs);
    }

    /** What was observed before counts no more. */
    void watchAnew(long nowNs, long dtsNs) {
        forget();
        burstUntilNs = nowNs + BURST_NS;
        patientUntilNs = nowNs + PATIENCE_NS;
        observe(nowNs, dtsNs);
    }

    /**
     * Stream time is set back to that of an access unit that comes late. Whether it may be set forward again is judged
     * when what came before and right behind is out of sight: each step costs viewers something.
     */
    void setBack(long nowNs, long dtsNs) {
        begin(nowNs, dtsNs);
        patientUntilNs = nowNs + SECONDS * SECOND_NS;
    }

    /** By how much all access units of late come too early, 0 if that isn't worth a step or can't be said yet. */
    long earlyNs(long nowNs) {
        if (!running || nowNs - patientUntilNs < 0) {
            return 0;
        }
        long wanted = wantedNs();
        long early = wanted == Long.MAX_VALUE ? 0 : offsetNs(nowNs) - wanted;
        return early > EARLY_NS ? early : 0;
    }

    /** Stream time is set forward by {@link #earlyNs}. */
    void setForward(long nowNs) {
        step(nowNs, wantedNs());
        patientUntilNs = nowNs + PATIENCE_AGAIN_NS;
    }

    private void step(long nowNs, long newOffsetNs) {
        offsetNs = newOffsetNs;
        sinceNs = nowNs;
        running = true;
    }

    private long offsetNs(long nowNs) {
        return offsetNs + (long) (slew * (nowNs - sinceNs));
    }

    private void follow(long nowNs) {
        long wanted = wantedNs();
        offsetNs = offsetNs(nowNs);
        sinceNs = nowNs;
        if (wanted != Long.MAX_VALUE) {
            slew = Math.max(-MAX_SLEW, Math.min(MAX_SLEW, (wanted - offsetNs) / SLEW_OVER_NS));
        }
    }

    /** The offset that fits what was observed, or MAX_VALUE. */
    private long wantedNs() {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < SECONDS; i++) {
            least = Math.min(least, leastNs[i]);
            if (Math.floorMod(second - i, SECONDS) < SECONDS_OF_LONGEST) {
                most = Math.max(most, mostNs[i]);
            }
        }
        return most == Long.MIN_VALUE ? Long.MAX_VALUE : Math.max(least, most - MAX_JITTER_NS);
    }

    private void turn(long now) {
        long passed = second == Long.MIN_VALUE ? SECONDS : Math.min(SECONDS, now - second);
        for (long i = now - passed + 1; i <= now; i++) {
            clear(Math.floorMod(i, SECONDS));
        }
        second = now;
    }

    private void forget() {
        for (int i = 0; i < SECONDS; i++) {
            clear(i);
        }
    }

    private void clear(int at) {
        leastNs[at] = Long.MAX_VALUE;
        mostNs[at] = Long.MIN_VALUE;
    }
}
