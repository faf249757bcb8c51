package lancaster.isobmff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.isobmff.Boxes.Box;
import lancaster.media.Timebase;

/** Reads the samples of media segments (§8.8, §8.16), of the tracks that the initialization segment told. */
public final class FragmentReader {
    /** Samples of a segment; a minute of 48 kHz audio has 2813. */
    private static final int MAX_SAMPLES = 200_000;

    private static final int BASE_DATA_OFFSET = 0x000001;
    private static final int SAMPLE_DESCRIPTION = 0x000002;
    private static final int DEFAULT_DURATION = 0x000008;
    private static final int DEFAULT_SIZE = 0x000010;
    private static final int DEFAULT_FLAGS = 0x000020;

    private static final int DATA_OFFSET = 0x000001;
    private static final int FIRST_SAMPLE_FLAGS = 0x000004;
    private static final int SAMPLE_DURATION = 0x000100;
    private static final int SAMPLE_SIZE = 0x000200;
    private static final int SAMPLE_FLAGS = 0x000400;
    private static final int SAMPLE_COMPOSITION = 0x000800;

    private static final long NON_SYNC = 0x0001_0000;

    private final Map<Long, Mp4Track> tracks = new HashMap<>();

    public FragmentReader(List<Mp4Track> tracks) {
        tracks.forEach(track -> this.tracks.put(track.id(), track));
    }

    /**
     * The samples of a segment, those of each track in decoding order; tracks that aren't known are left out.
     *
     * @throws ProtocolException where it breaks the format
     */
    public List<Mp4Sample> read(Bytes segment) {
        List<Mp4Sample> samples = new ArrayList<>();
        for (Box box : Boxes.of(segment)) {
            if (box.type().equals("moof")) {
                for (Box inside : Boxes.of(box.content())) {
                    if (inside.type().equals("traf")) {
                        fragment(segment, box.at(), Boxes.of(inside.content()), samples);
                    }
                }
            }
        }
        return samples;
    }

    private void fragment(Bytes segment, int movieFragmentAt, List<Box> boxes, List<Mp4Sample> samples) {
        Box head = Boxes.first(boxes, "tfhd").orElseThrow(() -> Boxes.malformed("no tfhd box"));
        ByteReader in = head.fullContent();
        Mp4Track track = tracks.get(in.u32());
        if (track == null) {
            return;
        }
        int flags = head.flags();
        long base = (flags & BASE_DATA_OFFSET) != 0 ? in.i64() : movieFragmentAt;
        in.skip((flags & SAMPLE_DESCRIPTION) != 0 ? 4 : 0);
        Mp4Track.Defaults defaults = new Mp4Track.Defaults(
                (flags & DEFAULT_DURATION) != 0 ? in.u32() : track.defaults().duration(),
                (flags & DEFAULT_SIZE) != 0 ? in.u32() : track.defaults().size(),
                (flags & DEFAULT_FLAGS) != 0 ? in.u32() : track.defaults().flags());
        long dts = decodeTime(boxes);
        long dataAt = base;
        for (Box box : boxes) {
            if (box.type().equals("trun")) {
                Run run = new Run(track, defaults, base, dts, dataAt);
                run.read(segment, box, samples);
                dts = run.dts;
                dataAt = run.dataAt;
            }
        }
    }

    private static long decodeTime(List<Box> boxes) {
        Optional<Box> time = Boxes.first(boxes, "tfdt");
        if (time.isEmpty()) {
            return 0;
        }
        ByteReader in = time.get().fullContent();
        return time.get().version() == 1 ? in.i64() : in.u32();
    }

    /** A track run (§8.8.8). */
    private static final class Run {
        private final Mp4Track track;
        private final Mp4Track.Defaults defaults;
        private final long base;
        private long dts;
        private long dataAt;

        Run(Mp4Track track, Mp4Track.Defaults defaults, long base, long dts, long dataAt) {
            this.track = track;
            this.defaults = defaults;
            this.base = base;
            this.dts = dts;
            this.dataAt = dataAt;
        }

        void read(Bytes segment, Box box, List<Mp4Sample> samples) {
            int flags = box.flags();
            ByteReader in = box.fullContent();
            long count = in.u32();
            if (count > MAX_SAMPLES - samples.size()) {
                throw ProtocolException.limit(Scope.STREAM, Boxes.WHERE, "more than " + MAX_SAMPLES + " samples");
            }
            if ((flags & DATA_OFFSET) != 0) {
                dataAt = base + in.i32();
            }
            long firstFlags = (flags & FIRST_SAMPLE_FLAGS) != 0 ? in.u32() : defaults.flags();
            for (int i = 0; i < count; i++) {
                long duration = (flags & SAMPLE_DURATION) != 0 ? in.u32() : defaults.duration();
                long size = (flags & SAMPLE_SIZE) != 0 ? in.u32() : defaults.size();
                long ownFlags = (flags & SAMPLE_FLAGS) != 0 ? in.u32() : i == 0 ? firstFlags : defaults.flags();
                long composition = 0;
                if ((flags & SAMPLE_COMPOSITION) != 0) {
                    composition = box.version() == 0 ? in.u32() : in.i32();
                }
                sample(segment, size, duration, composition, ownFlags, samples);
            }
        }

        private void sample(
                Bytes segment, long size, long duration, long composition, long flags, List<Mp4Sample> samples) {
            if (dataAt < 0 || dataAt > segment.length() || size > segment.length() - dataAt) {
                throw Boxes.malformed("a sample of " + size + " bytes at byte " + dataAt + " of " + segment.length());
            }
            samples.add(new Mp4Sample(
                    track,
                    ticks90k(dts),
                    ticks90k(composition),
                    ticks90k(duration),
                    !track.video() || (flags & NON_SYNC) == 0,
                    segment.slice((int) dataAt, (int) size)));
            dataAt += size;
            dts += duration;
        }

        /** Rounded to the nearest; whole seconds apart, so that no file overflows it. */
        private long ticks90k(long ticks) {
            long seconds = Math.floorDiv(ticks, track.timescale());
            long rest = Math.floorMod(ticks, track.timescale());
            return seconds * Timebase.HZ + (rest * Timebase.HZ + track.timescale() / 2) / track.timescale();
        }
    }
}
