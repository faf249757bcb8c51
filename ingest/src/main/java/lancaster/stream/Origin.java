package lancaster.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.Mark.Kind;
import lancaster.media.MediaEvent;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/** Decides the timeline: maps the publisher's times, cuts and numbers segments. Owner: the stream's loop. */
final class Origin {
    private final Outputs outputs;
    private final Map<Integer, Track> tracks = new LinkedHashMap<>();
    private TimelineRecord record;
    private long nextNumber;
    private long segmentStart90k;
    private long last90k;
    private long discontinuitySequence;
    private long offset90k;
    private boolean restart = true;
    private boolean begun;
    private long anchorUtcMs;
    private long anchor90k;

    Origin(TimelineRecord record, Outputs outputs) {
        this.record = record;
        this.outputs = outputs;
    }

    TimelineRecord record() {
        return record;
    }

    long segmentNumber() {
        return Math.max(0, nextNumber - 1);
    }

    long last90k() {
        return last90k;
    }

    long discontinuitySequence() {
        return discontinuitySequence;
    }

    Map<Integer, Track> tracks() {
        return tracks;
    }

    /** A publication begins: its times are new. */
    void restart() {
        restart = true;
    }

    void on(MediaEvent event, long utcMs) {
        if (event instanceof TrackConfigured configured) {
            Track track = configured.track();
            if (!track.equals(tracks.put(track.id(), track))) {
                outputs.emit(event, false);
            }
        } else if (event instanceof DataMessage message) {
            outputs.emit(new DataMessage(last90k, message.name(), message.amf0()), false);
        } else if (event instanceof AccessUnit unit && tracks.containsKey(unit.trackId())) {
            on(unit, utcMs);
        }
    }

    void end() {
        mark(Kind.END, last90k);
    }

    private void on(AccessUnit unit, long utcMs) {
        boolean video = tracks.containsKey(Track.VIDEO);
        boolean starts = unit.randomAccess() && (!video || unit.trackId() < Track.AUDIO);
        if (restart) {
            if (!starts) {
                return;
            }
            long start90k = begun ? last90k + 3_600 : 0;
            offset90k = start90k - unit.dts90k();
            anchorUtcMs = utcMs;
            anchor90k = start90k;
        }
        long dts90k = unit.dts90k() + offset90k;
        if (restart) {
            mark(begun ? Kind.DISCONTINUITY : Kind.CUT, dts90k);
            begun = true;
            restart = false;
        } else if (starts && dts90k >= (segmentStart90k / record.segment90k() + 1) * record.segment90k()) {
            mark(Kind.CUT, dts90k);
        }
        last90k = Math.max(last90k, dts90k);
        outputs.emit(unit.withDts90k(dts90k), starts);
    }

    private void mark(Kind kind, long start90k) {
        if (kind == Kind.DISCONTINUITY) {
            discontinuitySequence++;
        }
        long utcMs = anchorUtcMs + (start90k - anchor90k) / 90;
        outputs.emit(
                new Mark(record, kind, nextNumber, start90k, discontinuitySequence, utcMs, List.of(), List.of()),
                false);
        if (kind != Kind.END) {
            nextNumber++;
            segmentStart90k = start90k;
        }
    }
}
