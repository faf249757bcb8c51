package lancaster.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lancaster.bytes.ByteSink;
import lancaster.bytes.Bytes;
import lancaster.isobmff.FragmentWriter;
import lancaster.isobmff.InitSegmentWriter;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import org.jspecify.annotations.Nullable;

/**
 * Segments of fragmented MP4, a fragment for each part: part k holds the access units from start + kP on, in the order
 * of the stream. Low-latency lists will name the same parts, and only one of them is in memory at a time. An access unit
 * is written when its track's next one tells its duration.
 */
final class Fmp4SegmentWriter implements SegmentWriter {
    /** A sample with its duration in its track's timescale, and the part it belongs to. */
    private record Sample(AccessUnit unit, long duration, int part) {}

    private final Map<Integer, HeldUnit> held = new TreeMap<>();
    /** Complete samples of parts behind the one that is being written. */
    private final List<Sample> ahead = new ArrayList<>();

    private @Nullable TrackSet tracks;
    private @Nullable FragmentWriter fragment;
    private ByteSink out = (array, offset, length) -> {};
    private long number;
    private long start90k;
    private long part90k;
    /** The part of the newest access unit. */
    private int newestPart;
    /** The part that is being written. */
    private int openPart;

    @Override
    public Optional<Bytes> init(TrackSet of) {
        return Optional.of(InitSegmentWriter.write(of.tracks()));
    }

    @Override
    public void begin(Mark mark, TrackSet now, ByteSink sink) {
        if (fragment == null || !now.equals(tracks)) {
            fragment = new FragmentWriter(now.tracks());
            tracks = now;
        }
        held.clear();
        for (Track track : now.tracks()) {
            held.put(track.id(), new HeldUnit(track));
        }
        ahead.clear();
        out = sink;
        number = mark.number();
        start90k = mark.start90k();
        part90k = part90k(mark.record());
        newestPart = 0;
        openPart = 0;
        fragment.begin(number, 0);
    }

    @Override
    public void write(AccessUnit unit) {
        HeldUnit track = held.get(unit.trackId());
        if (track == null) {
            return;
        }
        long part = Math.min((unit.dts90k() - start90k) / part90k, FragmentWriter.PARTS_A_SEGMENT - 1);
        newestPart = Math.max(newestPart, (int) part);
        AccessUnit before = track.unit();
        if (before != null) {
            add(new Sample(before, track.durationUntil(unit.dts90k()), track.part()));
        }
        track.hold(unit, newestPart);
        while (openPart < newestPart && held.values().stream().noneMatch(one -> one.holdsOf(openPart))) {
            nextPart();
        }
    }

    @Override
    public void finish(SegmentEnd end) {
        for (HeldUnit track : held.values()) {
            AccessUnit last = track.unit();
            if (last != null) {
                add(new Sample(last, track.lastDuration(end), track.part()));
            }
        }
        while (openPart < newestPart) {
            nextPart();
        }
        finishPart();
    }

    private void add(Sample sample) {
        if (sample.part() == openPart && fragment != null) {
            fragment.write(sample.unit(), sample.duration());
        } else {
            ahead.add(sample);
        }
    }

    private void nextPart() {
        finishPart();
        openPart++;
        if (fragment != null) {
            fragment.begin(number, openPart);
        }
        List<Sample> waiting = List.copyOf(ahead);
        ahead.clear();
        waiting.forEach(this::add);
    }

    private void finishPart() {
        if (fragment != null && !fragment.isEmpty()) {
            fragment.finish(out);
        }
    }

    /** The record's part duration, or more where a segment would have more parts than can be numbered. */
    private static long part90k(TimelineRecord record) {
        long longest90k = (record.targetDurationS() + 1) * Timebase.HZ;
        return Math.max(record.part90k(), longest90k / FragmentWriter.PARTS_A_SEGMENT + 1);
    }
}
