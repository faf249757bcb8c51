package lancaster.stream;

import lancaster.media.Timebase;

/**
 * Where segments end. A cut is the first random access point at or behind the next multiple of the segment duration; an
 * earlier one where, by the groups of pictures so far, the next one would come too late for TARGETDURATION; and where
 * none comes in time the last access unit that keeps the rounded EXTINF within it (RFC 8216bis §4.4.3.1).
 */
final class SegmentCuts {
    enum Verdict {
        /** The segment goes on. */
        NONE,
        /** A new one begins with this access unit. */
        CUT,
        /** A new one has to begin with this access unit, although decoding can't start at it. */
        FORCED,
        /** Time leapt: no segment can hold what was before and this access unit. */
        GAP
    }

    /** A segment is at least this part of the wanted duration, however near the next multiple is. */
    private static final int SHORTEST_PART = 4;
    /** Groups of pictures that are remembered to foresee the next. */
    static final int REMEMBERED_GOPS = 32;

    private final long segment90k;
    /** The least duration whose rounded EXTINF is more than TARGETDURATION. */
    private final long tooLong90k;

    private boolean independent;
    private long start90k;
    private long boundary90k;
    private final RecentLongest leadingFrame = new RecentLongest();
    private final RecentLongest followingFrame = new RecentLongest();
    private final long[] gops90k = new long[REMEMBERED_GOPS];
    private int gopCount;
    private long lastRandomAccess90k = Long.MIN_VALUE;

    /** @param independent whether every segment so far began at a random access point, which is worth keeping */
    SegmentCuts(long segment90k, int targetDurationS, boolean independent) {
        this.segment90k = segment90k;
        this.independent = independent;
        this.tooLong90k = targetDurationS * Timebase.HZ + Timebase.HZ / 2;
    }

    /** A segment begins at {@code dts90k}. */
    void begin(long dts90k) {
        start90k = dts90k;
        boundary90k =
                Math.max((Math.floorDiv(dts90k, segment90k) + 1) * segment90k, dts90k + segment90k / SHORTEST_PART);
        leadingFrame.begin();
        followingFrame.begin();
    }

    /** Groups of pictures so far say nothing about those to come. */
    void forgetGops() {
        gopCount = 0;
        lastRandomAccess90k = Long.MIN_VALUE;
    }

    /** A group of pictures of the video begins. */
    void randomAccess(long dts90k) {
        if (lastRandomAccess90k != Long.MIN_VALUE) {
            gops90k[gopCount++ % REMEMBERED_GOPS] = dts90k - lastRandomAccess90k;
        }
        lastRandomAccess90k = dts90k;
    }

    /** How long the open group of pictures is at {@code dts90k}; 0 before the first. */
    long gopSoFar90k(long dts90k) {
        return lastRandomAccess90k == Long.MIN_VALUE ? 0 : dts90k - lastRandomAccess90k;
    }

    /** Whether the open segment would have a duration if it ended at {@code dts90k}: tracks needn't be in step. */
    boolean mayEndAt(long dts90k) {
        return dts90k > start90k;
    }

    /**
     * Whether a segment begins with the access unit at {@code dts90k}.
     *
     * @param startsHere whether decoding may start there
     * @param frame90k how long the frames of its track last
     * @param leads whether it is of the track that EXTINF measures, the video if there is any (§3): a segment begins
     *     with another one only where it would be too long otherwise
     */
    Verdict judge(long dts90k, boolean startsHere, long frame90k, boolean leads) {
        (leads ? leadingFrame : followingFrame).add(frame90k);
        long duration90k = dts90k - start90k;
        if (duration90k >= tooLong90k) {
            return Verdict.GAP;
        }
        if (startsHere && (dts90k >= boundary90k || (independent && nextIsTooLate(duration90k)))) {
            return Verdict.CUT;
        }
        // The next access unit comes within the longest frame that was seen lately, and a millisecond of rounding. The
        // leading track acts a frame of the others before it is their turn.
        long frameAhead90k =
                followingFrame.longest90k() + (leads ? leadingFrame.longest90k() : 0) + Timebase.TICKS_PER_MS;
        if (duration90k + frameAhead90k >= tooLong90k) {
            independent &= startsHere;
            return startsHere ? Verdict.CUT : Verdict.FORCED;
        }
        return Verdict.NONE;
    }

    /** Whether a group of pictures as long as the longest lately would take the segment past its limit. */
    private boolean nextIsTooLate(long duration90k) {
        long longest90k = 0;
        for (int i = 0; i < Math.min(gopCount, REMEMBERED_GOPS); i++) {
            longest90k = Math.max(longest90k, gops90k[i]);
        }
        long frame90k = leadingFrame.longest90k();
        boolean helps = longest90k > 0 && longest90k + frame90k < tooLong90k;
        return helps && duration90k + longest90k + frame90k >= tooLong90k;
    }

    /** The longest frame of this segment and the one before. */
    private static final class RecentLongest {
        private long now90k;
        private long before90k;

        void begin() {
            before90k = now90k;
            now90k = 0;
        }

        void add(long frame90k) {
            now90k = Math.max(now90k, frame90k);
        }

        long longest90k() {
            return Math.max(now90k, before90k);
        }
    }
}
