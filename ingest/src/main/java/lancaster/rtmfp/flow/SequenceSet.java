package lancaster.rtmfp.flow;

import java.util.Arrays;
import lancaster.rtmfp.packet.RangeConsumer;

/**
 * The sequence numbers that a receiving flow has seen (RFC 7016 §3.6.3): all from 0 through {@link #cumulative}, and
 * ranges behind it, of which there are never more than a limit.
 */
final class SequenceSet {
    private final int limitRanges;
    private long cumulative;
    /** First and last number of each range in turn, ascending, with gaps between. */
    private long[] ends = {};

    private int ranges;

    SequenceSet(int limitRanges) {
        this.limitRanges = limitRanges;
    }

    /** The highest number such that it and all below are in the set. */
    long cumulative() {
        return cumulative;
    }

    boolean hasGaps() {
        return ranges > 0;
    }

    int gaps() {
        return ranges;
    }

    boolean contains(long number) {
        if (number <= cumulative) {
            return true;
        }
        int range = firstEndingAtOrAfter(number);
        return range < ranges && ends[2 * range] <= number;
    }

    /** Whether {@code number} can be added without more gaps than are allowed. */
    boolean hasRoomFor(long number) {
        return ranges < limitRanges || contains(number) || touches(number);
    }

    /** Adds a number; one that finds no room is not added. */
    void add(long number) {
        if (contains(number) || !hasRoomFor(number)) {
            return;
        }
        int range = firstEndingAtOrAfter(number - 1);
        if (range < ranges && ends[2 * range + 1] == number - 1) {
            ends[2 * range + 1] = number;
            if (range + 1 < ranges && ends[2 * range + 2] == number + 1) {
                ends[2 * range + 1] = ends[2 * range + 3];
                remove(range + 1, 1);
            }
        } else if (range < ranges && ends[2 * range] == number + 1) {
            ends[2 * range] = number;
        } else {
            insert(range, number);
        }
        absorb();
    }

    /** Adds all numbers through {@code number}. */
    void addThrough(long number) {
        if (number > cumulative) {
            cumulative = number;
            absorb();
        }
    }

    /** Hands over what lies behind the gaps, ascending. */
    void forEachRange(RangeConsumer consumer) {
        for (int i = 0; i < ranges; i++) {
            consumer.range(ends[2 * i], ends[2 * i + 1]);
        }
    }

    private boolean touches(long number) {
        int range = firstEndingAtOrAfter(number - 1);
        return number == cumulative + 1 || (range < ranges && ends[2 * range] <= number + 1);
    }

    private int firstEndingAtOrAfter(long number) {
        int low = 0;
        int high = ranges;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[2 * middle + 1] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Makes ranges that no gap separates from the cumulative number part of it. */
    private void absorb() {
        int gone = 0;
        while (gone < ranges && ends[2 * gone] <= cumulative + 1) {
            cumulative = Math.max(cumulative, ends[2 * gone + 1]);
            gone++;
        }
        remove(0, gone);
    }

    private void insert(int range, long number) {
        if (2 * ranges + 2 > ends.length) {
            ends = Arrays.copyOf(ends, Math.max(8, 2 * ends.length));
        }
        System.arraycopy(ends, 2 * range, ends, 2 * range + 2, 2 * (ranges - range));
        ends[2 * range] = number;
        ends[2 * range + 1] = number;
        ranges++;
    }

    private void remove(int range, int count) {
        if (count > 0) {
            System.arraycopy(ends, 2 * (range + count), ends, 2 * range, 2 * (ranges - range - count));
            ranges -= count;
        }
    }
}
