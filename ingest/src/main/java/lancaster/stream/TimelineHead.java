package lancaster.stream;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import lancaster.media.Mark;
import lancaster.media.Mark.Kind;
import lancaster.media.Mark.SampleClock;
import lancaster.media.Mark.SegmentHash;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;

/** The growing end of a timeline: numbers, the open segment, the anchor in wall-clock time. Owner: the stream's loop. */
final class TimelineHead {
    /** Hashes that wait for a mark; a packager that reports more than it could have segments is cut short. */
    private static final int MAX_WAITING_HASHES = 64;

    private final RunLoop loop;
    private final InstantSource wallClock;
    private final Queue<SegmentHash> hashes = new ArrayDeque<>();
    private TimelineRecord record;
    private long nextNumber;
    private long discontinuitySequence;
    private long discontinuities;
    private boolean begun;
    private long last90k;
    private long end90k;
    private long shownEnd90k;
    private long anchor90k;
    private long anchorUtcMs;
    private long anchorNs;

    TimelineHead(TimelineState state, RunLoop loop, InstantSource wallClock) {
        this.record = state.record();
        this.nextNumber = state.next().number();
        this.discontinuitySequence = state.next().discontinuitySequence();
        this.last90k = state.next().dts90k();
        this.end90k = last90k;
        this.shownEnd90k = last90k;
        this.loop = loop;
        this.wallClock = wallClock;
    }

    TimelineRecord record() {
        return record;
    }

    /** Whether a segment has begun since the stream was opened. */
    boolean begun() {
        return begun;
    }

    /** The number of the segment that begins next. */
    long nextNumber() {
        return nextNumber;
    }

    /** The latest decoding time so far. */
    long last90k() {
        return last90k;
    }

    /** Where the latest access unit ends: the first free time. */
    long end90k() {
        return end90k;
    }

    long discontinuitySequence() {
        return discontinuitySequence;
    }

    /** Discontinuities since the stream was opened. */
    long discontinuities() {
        return discontinuities;
    }

    /** Where the timeline goes on if it ends now. */
    TimelineState state() {
        return new TimelineState(record, new TimelinePosition(nextNumber, free90k(), discontinuitySequence));
    }

    /** An access unit of that length is decoded at {@code dts90k} and shown at {@code pts90k}. */
    void reached(long dts90k, long pts90k, long length90k) {
        last90k = Math.max(last90k, dts90k);
        end90k = Math.max(end90k, dts90k + length90k);
        shownEnd90k = Math.max(shownEnd90k, Math.max(dts90k, pts90k) + length90k);
    }

    /**
     * The first time that is free. Who stops among pictures that wait for each other has shown some beyond the end of
     * what he has sent, and no picture of the next publisher may come before those.
     */
    private long free90k() {
        return Timestamps.wholeMs(Math.max(end90k, shownEnd90k));
    }

    /** Where a new publisher's first access unit stands: by the clock, or where the journal says. */
    long resume90k() {
        if (!begun) {
            return free90k();
        }
        long elapsed90k = Timebase.fromMs((loop.nowNs() - anchorNs) / 1_000_000);
        return Math.max(Timestamps.wholeMs(anchor90k) + elapsed90k, free90k());
    }

    void giveUpIndependence() {
        record = record.withoutIndependentSegments();
    }

    void add(SegmentHash hash) {
        if (hashes.size() < MAX_WAITING_HASHES) {
            hashes.add(hash);
        }
    }

    /** A segment begins at {@code start90k}, or for END the stream ends there. */
    Mark mark(Kind kind, long start90k, List<SampleClock> audio) {
        boolean discontinuity = kind == Kind.DISCONTINUITY;
        if (discontinuity || !begun) {
            anchor(start90k);
        }
        discontinuitySequence += discontinuity ? 1 : 0;
        discontinuities += discontinuity ? 1 : 0;
        Mark mark = new Mark(
                record, kind, nextNumber, start90k, discontinuitySequence, utcMs(start90k), audio, takeHashes());
        if (mark.beginsSegment()) {
            begun = true;
            nextNumber++;
        }
        return mark;
    }

    /** Takes over what another box decided. */
    void adopt(Mark mark) {
        if (mark.isDiscontinuity() || !begun) {
            anchor90k = mark.start90k();
            anchorUtcMs = mark.utcMs();
            anchorNs = loop.nowNs();
        }
        record = mark.record();
        discontinuities += mark.isDiscontinuity() ? 1 : 0;
        discontinuitySequence = mark.discontinuitySequence();
        nextNumber = mark.number() + (mark.beginsSegment() ? 1 : 0);
        begun |= mark.beginsSegment();
        hashes.clear();
    }

    /** Wall-clock time never goes back, even where the encoder ran ahead of the clock. */
    private void anchor(long newAnchor90k) {
        long utcMs = wallClock.millis();
        anchorUtcMs = begun ? Math.max(utcMs, utcMs(end90k)) : utcMs;
        anchor90k = newAnchor90k;
        anchorNs = loop.nowNs();
    }

    private long utcMs(long dts90k) {
        return anchorUtcMs + Timebase.toMs(dts90k - anchor90k);
    }

    private List<SegmentHash> takeHashes() {
        List<SegmentHash> taken = new ArrayList<>(hashes);
        hashes.clear();
        return taken;
    }
}
