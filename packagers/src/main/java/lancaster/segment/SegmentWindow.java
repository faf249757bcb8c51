package lancaster.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * The segments that a live list shows, as one immutable value (RFC 8216bis §6.2.2).
 *
 * @param segments by number, without holes
 * @param independent whether every segment begins at a random access point (§4.4.2.1)
 * @param ended whether the last one is the last of the stream
 */
public record SegmentWindow(List<Segment> segments, boolean independent, boolean ended) {
    public static final SegmentWindow EMPTY = new SegmentWindow(List.of(), true, false);

    public SegmentWindow {
        segments = List.copyOf(segments);
    }

    public boolean isEmpty() {
        return segments.isEmpty();
    }

    public Segment first() {
        return segments.get(0);
    }

    public Segment last() {
        return segments.get(segments.size() - 1);
    }

    /** The media sequence number of the first segment; 0 for an empty window. */
    public long mediaSequence() {
        return isEmpty() ? 0 : first().number();
    }

    /** EXT-X-DISCONTINUITY-SEQUENCE: discontinuities before the first segment's own, which is still listed. */
    public long discontinuitySequence() {
        return isEmpty() ? 0 : first().discontinuitySequence() - (first().discontinuity() ? 1 : 0);
    }

    public long duration90k() {
        long total = 0;
        for (Segment segment : segments) {
            total += segment.duration90k();
        }
        return total;
    }

    /**
     * The window with a segment more and those removed from its top that the policy spares. A segment that doesn't
     * follow the last one begins a window of its own: numbers of a list can't skip.
     */
    public SegmentWindow with(Segment segment, boolean stillIndependent, WindowPolicy policy) {
        if (ended) {
            throw new IllegalStateException("segment " + segment.number() + " behind the end of the stream");
        }
        boolean follows = !isEmpty() && segment.number() == last().number() + 1;
        List<Segment> listed = new ArrayList<>(follows ? segments : List.of());
        listed.add(segment);
        long duration90k = follows ? duration90k() + segment.duration90k() : segment.duration90k();
        int removed = 0;
        while (listed.size() - removed > policy.segments()
                && duration90k - listed.get(removed).duration90k() >= policy.floor90k()) {
            duration90k -= listed.get(removed).duration90k();
            removed++;
        }
        return new SegmentWindow(listed.subList(removed, listed.size()), stillIndependent, false);
    }

    /** The window without the segments up to {@code number}, but for the last one. */
    public SegmentWindow without(long number) {
        int removed = 0;
        while (removed < segments.size() - 1 && segments.get(removed).number() <= number) {
            removed++;
        }
        return removed == 0 ? this : new SegmentWindow(segments.subList(removed, segments.size()), independent, ended);
    }

    public SegmentWindow end() {
        return new SegmentWindow(segments, independent, true);
    }
}
