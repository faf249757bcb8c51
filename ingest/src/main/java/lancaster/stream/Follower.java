package lancaster.stream;

import lancaster.bytes.ProtocolException;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.TimelineRecord;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/**
 * Obeys the marks of another box: its segments begin where they say, under their numbers, at their times. What comes
 * before the first mark, or belongs to a segment that this stream has had, is left out. Owner: the stream's loop.
 */
final class Follower {
    private final TimelineHead head;
    private final InputTracks tracks;
    private final Outputs outputs;

    /** The mark that waits for its access unit. */
    private @Nullable Mark waiting;

    private boolean following;
    private long offset90k;
    private long lastStart90k;
    private long refusedMarks;

    Follower(TimelineHead head, InputTracks tracks, Outputs outputs) {
        this.head = head;
        this.tracks = tracks;
        this.outputs = outputs;
    }

    /** Whether {@code message} is a mark of a timeline that this stream can go on with. */
    boolean canFollow(DataMessage message) {
        try {
            if (!message.name().equals(TimelineMessage.NAME)) {
                return false;
            }
            Mark mark = TimelineMessage.parse(message);
            return isAcceptable(mark) || isOurs(mark.record());
        } catch (ProtocolException e) {
            return false;
        }
    }

    /** Marks that were malformed or would have gone back. */
    long refusedMarks() {
        return refusedMarks;
    }

    /** Another publication begins. */
    void begin() {
        following = false;
        waiting = null;
    }

    /** Whether the stream goes on behind {@code event}. */
    boolean on(MediaEvent event, long nowNs) {
        if (event instanceof AccessUnit unit) {
            on(unit, nowNs);
        } else if (event instanceof TrackConfigured configured) {
            tracks.configure(configured.track());
        } else if (event instanceof DataMessage message) {
            if (message.name().equals(TimelineMessage.NAME)) {
                return onMark(message);
            }
            if (message.name().equals(TimelineMessage.GAP)) {
                leave();
                return true;
            }
            outputs.emit(new DataMessage(head.last90k(), message.name(), message.amf0()), false);
        }
        return true;
    }

    private boolean onMark(DataMessage message) {
        Mark mark;
        try {
            mark = TimelineMessage.parse(message);
        } catch (ProtocolException e) {
            refusedMarks++;
            return true;
        }
        if (!isAcceptable(mark)) {
            refusedMarks++;
            leave();
            return true;
        }
        following = true;
        waiting = mark;
        if (!mark.beginsSegment()) {
            head.adopt(mark);
            outputs.emit(mark, false);
        }
        return mark.beginsSegment();
    }

    /** What comes now is of no use up to the next acceptable mark; the open segment lacks its end. */
    private void leave() {
        if (following) {
            outputs.gap(1);
        }
        following = false;
        waiting = null;
    }

    /**
     * Numbers never go back. After a restart the journal's are ahead of what was used: on the same timeline an earlier
     * number is no harm, for its segment has the same bytes on every box and at any time.
     */
    private boolean isAcceptable(Mark mark) {
        if (mark.record().layout() != TimelineRecord.LAYOUT) {
            return false;
        }
        if (!head.begun() && isOurs(mark.record())) {
            return true;
        }
        return mark.number() >= head.nextNumber()
                && mark.discontinuitySequence() >= head.discontinuitySequence()
                && mark.start90k() >= lastStart90k;
    }

    private boolean isOurs(TimelineRecord record) {
        return record.layout() == TimelineRecord.LAYOUT
                && record.id().equals(head.record().id());
    }

    private void on(AccessUnit unit, long nowNs) {
        InputTrack track = tracks.present(unit.trackId());
        if (track == null) {
            return;
        }
        track.meter.unit(unit.payload().length(), nowNs);
        if (!following) {
            track.meter.drop();
            return;
        }
        if (waiting != null) {
            begin(waiting, unit);
            waiting = null;
        }
        long dts90k = unit.dts90k() + offset90k;
        if (track.samples != null) {
            dts90k = track.samples.place(dts90k);
            track.samples.advance();
        }
        if (dts90k <= track.clock.lastOut90k) {
            track.meter.drop();
            outputs.gap(1);
            return;
        }
        track.clock.lastOut90k = dts90k;
        if (track.isVideo()) {
            track.meter.frame(unit.randomAccess(), dts90k);
        }
        head.reached(dts90k, dts90k + unit.cts90k(), track.frame90k());
        boolean startsHere = unit.randomAccess() && (track.isVideo() || !anyVideo());
        outputs.emit(unit.withDts90k(dts90k), startsHere);
    }

    /** Its first access unit ties the publisher's clock, which RTMP cut to 32 bits of milliseconds, to the timeline. */
    private void begin(Mark mark, AccessUnit first) {
        lastStart90k = mark.start90k();
        long wanted90k = mark.start90k() - first.dts90k();
        if (Math.abs(wanted90k - offset90k) > Timestamps.SMALLEST_STEP_90K) {
            offset90k = Math.floorDiv(wanted90k + Timestamps.SMALLEST_STEP_90K / 2, Timestamps.SMALLEST_STEP_90K)
                    * Timestamps.SMALLEST_STEP_90K;
        }
        if (mark.isDiscontinuity()) {
            tracks.leaveAbsent(outputs);
        }
        for (InputTrack track : tracks.all()) {
            if (mark.isDiscontinuity()) {
                track.meter.breakGop();
                if (track.samples != null) {
                    track.samples.restart();
                }
            }
            if (track.present && track.isChanged()) {
                track.joined = track.wanted;
                outputs.emit(new TrackConfigured(track.wanted), false);
            }
        }
        for (Mark.SampleClock clock : mark.audio()) {
            InputTrack track = tracks.present(clock.trackId());
            if (track != null && track.samples != null) {
                track.samples.set(clock.nextSample());
            }
        }
        head.adopt(mark);
        outputs.emit(mark, false);
    }

    private boolean anyVideo() {
        for (InputTrack track : tracks.all()) {
            if (track.isVideo() && track.present) {
                return true;
            }
        }
        return false;
    }
}
