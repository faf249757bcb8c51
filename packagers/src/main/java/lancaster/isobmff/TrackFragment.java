package lancaster.isobmff;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteSink;
import lancaster.bytes.ByteWriter;
import lancaster.media.AccessUnit;

/** The samples of one track in a fragment: {@code traf} with {@code tfhd}, {@code tfdt}, {@code trun} (§8.8.6-8, §8.8.12). */
final class TrackFragment {
    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;
    private static final int DEFAULT_DURATION = 0x08;
    private static final int DEFAULT_FLAGS = 0x20;

    private static final int DATA_OFFSET = 0x001;
    private static final int SAMPLE_DURATION = 0x100;
    private static final int SAMPLE_SIZE = 0x200;
    private static final int SAMPLE_FLAGS = 0x400;
    private static final int SAMPLE_COMPOSITION_OFFSET = 0x800;

    /** sample_depends_on 2: on none. */
    private static final int SYNC_SAMPLE = 0x0200_0000;
    /** sample_depends_on 1: on others; sample_is_non_sync_sample. */
    private static final int OTHER_SAMPLE = 0x0101_0000;

    private record Sample(AccessUnit unit, long duration) {
        int flags() {
            return unit.randomAccess() ? SYNC_SAMPLE : OTHER_SAMPLE;
        }
    }

    private final TrackBox track;
    private final List<Sample> samples = new ArrayList<>();
    private int payloadLength;
    private int dataOffsetAt;

    TrackFragment(TrackBox track) {
        this.track = track;
    }

    int trackId() {
        return track.track().id();
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    int payloadLength() {
        return payloadLength;
    }

    void clear() {
        samples.clear();
        payloadLength = 0;
    }

    void add(AccessUnit unit, long duration) {
        payloadLength = Math.addExact(payloadLength, unit.payload().length());
        samples.add(new Sample(unit, duration));
    }

    void writeTo(BoxWriter out) {
        Sample first = samples.get(0);
        boolean sameDuration = samples.stream().allMatch(sample -> sample.duration() == first.duration());
        boolean sameFlags = samples.stream().allMatch(sample -> sample.flags() == first.flags());
        boolean offsets = samples.stream().anyMatch(sample -> sample.unit().cts90k() != 0);
        out.box("traf", body -> {
            int headerFlags =
                    DEFAULT_BASE_IS_MOOF | (sameDuration ? DEFAULT_DURATION : 0) | (sameFlags ? DEFAULT_FLAGS : 0);
            BoxWriter inside = new BoxWriter(body);
            inside.full("tfhd", 0, headerFlags, fields -> {
                fields.u32(track.id());
                if (sameDuration) {
                    fields.u32(first.duration());
                }
                if (sameFlags) {
                    fields.u32(first.flags());
                }
            });
            inside.full(
                    "tfdt",
                    1,
                    0,
                    fields ->
                            fields.u64(track.timescale().fromTicks(first.unit().dts90k())));
            int runFlags = DATA_OFFSET
                    | SAMPLE_SIZE
                    | (sameDuration ? 0 : SAMPLE_DURATION)
                    | (sameFlags ? 0 : SAMPLE_FLAGS)
                    | (offsets ? SAMPLE_COMPOSITION_OFFSET : 0);
            // Version 1: composition offsets are signed.
            inside.full("trun", 1, runFlags, fields -> run(fields, runFlags));
        });
    }

    private void run(ByteWriter out, int flags) {
        out.u32(samples.size());
        dataOffsetAt = out.length();
        out.u32(0);
        for (Sample sample : samples) {
            if ((flags & SAMPLE_DURATION) != 0) {
                out.u32(sample.duration());
            }
            out.u32(sample.unit().payload().length());
            if ((flags & SAMPLE_FLAGS) != 0) {
                out.u32(sample.flags());
            }
            if ((flags & SAMPLE_COMPOSITION_OFFSET) != 0) {
                out.u32(track.timescale().fromTicks(sample.unit().cts90k()));
            }
        }
    }

    /** Where the payloads begin, counted from the start of the {@code moof}. */
    void setDataOffset(ByteWriter moof, int offset) {
        moof.setU32(dataOffsetAt, offset);
    }

    void writePayloads(ByteSink out) {
        for (Sample sample : samples) {
            out.payload(sample.unit().payload());
        }
    }
}
