package lancaster.stream;

/** What {@link Timestamps} knows of one track. */
final class TrackClock {
    /** A step longer than this is a pause, not the duration of a frame. */
    private static final long LONGEST_FRAME_90K = 90_000;

    /** On the current publisher's clock; means nothing before {@link #started}. */
    long lastIn90k;
    /** What this track adds to its publisher's time. */
    long offset90k;
    /** Whether the current publisher has sent a time. */
    boolean started;
    /** The last time on the timeline; kept from publisher to publisher, for times never go back. */
    long lastOut90k = Long.MIN_VALUE;

    private long frame90k;
    private long jumps;
    private long lifted;

    /** @param frame90k how long a frame lasts until two have been seen */
    TrackClock(long frame90k) {
        this.frame90k = frame90k;
    }

    /** The last known duration of a frame. */
    long frame90k() {
        return frame90k;
    }

    /** Steps of the publisher's clock that were taken out. */
    long jumps() {
        return jumps;
    }

    /** Times that did not advance and were moved. */
    long lifted() {
        return lifted;
    }

    /** Another publisher begins; the timeline goes on. */
    void restart() {
        started = false;
    }

    void countJump() {
        jumps++;
    }

    /** Takes one more time over, lifted where it doesn't advance; gives its place on the timeline. */
    long advance(long in90k, long newOffset90k) {
        long wanted90k = in90k + newOffset90k;
        long out90k = wanted90k;
        if (lastOut90k != Long.MIN_VALUE) {
            out90k = Math.max(wanted90k, lastOut90k + Timestamps.SMALLEST_STEP_90K);
            lifted += out90k > wanted90k ? 1 : 0;
            long step90k = in90k - lastIn90k;
            if (started && step90k >= Timestamps.SMALLEST_STEP_90K && step90k <= LONGEST_FRAME_90K) {
                frame90k = step90k;
            }
        }
        lastIn90k = in90k;
        offset90k = newOffset90k;
        started = true;
        lastOut90k = out90k;
        return out90k;
    }
}
