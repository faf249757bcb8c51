package lancaster.hlscheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.Boxes.Box;
import lancaster.hlscheck.Fmp4Init.InitTrack;

/** A segment of fragmented MP4, with rows 183, 184 and 186 checked; its samples by track. */
final class Fmp4File {
    private static final Set<String> LEADING = Set.of("styp", "sidx", "emsg", "prft");
    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;

    /** A sample. */
    record Sample(long dts, long duration, int compositionOffset, boolean sync, Bytes data) {}

    final Map<Integer, List<Sample>> samples = new LinkedHashMap<>();
    /** mfhd of each fragment. */
    final List<Long> sequenceNumbers = new ArrayList<>();

    private final String name;
    private final Bytes body;
    private final Fmp4Init init;
    private final Findings findings;

    private Fmp4File(String name, Bytes body, Fmp4Init init, Findings findings) {
        this.name = name;
        this.body = body;
        this.init = init;
        this.findings = findings;
    }

    static Fmp4File parse(String name, Bytes body, Fmp4Init init, Findings findings) {
        Fmp4File file = new Fmp4File(name, body, init, findings);
        try {
            file.parse();
        } catch (IndexOutOfBoundsException e) {
            findings.add(Rule.FRAGMENT_BOXES, name, "a box is cut: " + e.getMessage());
        }
        return file;
    }

    private void parse() {
        boolean behindMoof = false;
        int fragments = 0;
        for (Box box : Boxes.parse(body, 0)) {
            boolean expected =
                    behindMoof ? box.type().equals("mdat") : !box.type().equals("mdat");
            boolean known =
                    LEADING.contains(box.type()) || Set.of("moof", "mdat").contains(box.type());
            findings.check(expected && known, Rule.FRAGMENT_BOXES, name, box.type() + " at " + box.offset());
            behindMoof = box.type().equals("moof");
            if (behindMoof) {
                fragments++;
                fragment(box);
            }
        }
        findings.check(fragments > 0 && !behindMoof, Rule.FRAGMENT_BOXES, name, fragments + " fragments");
    }

    private void fragment(Box moof) {
        sequenceNumbers.add(moof.child("mfhd").orElseThrow().body().u32(4));
        for (Box track : moof.all("traf")) {
            Box header = track.child("tfhd").orElseThrow();
            int id = header.body().i32(4);
            findings.check(
                    (header.flags() & DEFAULT_BASE_IS_MOOF) != 0 && (header.flags() & 1) == 0,
                    Rule.FRAGMENT_FORM,
                    name,
                    "track " + id + " is not addressed from its moof");
            findings.check(init.tracks.containsKey(id), Rule.INIT_FORM, name, "track " + id + " has no trak");
            if (track.child("tfdt").isEmpty()) {
                findings.add(Rule.FRAGMENT_FORM, name, "track " + id + " has no tfdt");
                continue;
            }
            Box time = track.child("tfdt").orElseThrow();
            findings.check(time.version() == 1, Rule.FRAGMENT_TIMES, name, "tfdt of 32 bits");
            long dts = time.version() == 1
                    ? time.body().u32(4) << 32 | time.body().u32(8)
                    : time.body().u32(4);
            List<Sample> known = samples.computeIfAbsent(id, key -> new ArrayList<>());
            if (!known.isEmpty()) {
                Sample last = known.get(known.size() - 1);
                boolean follows = last.dts() + last.duration() == dts;
                findings.check(follows, Rule.FRAGMENT_TIMES, name, "track " + id + " has a hole before " + dts);
            }
            for (Box run : track.all("trun")) {
                dts = run(moof, header, run, dts, known);
            }
        }
    }

    private long run(Box moof, Box header, Box run, long startDts, List<Sample> out) {
        Cursor defaults = new Cursor(header.body(), 8);
        int headerFlags = header.flags();
        defaults.skipIf(headerFlags, 0x02, 4);
        long defaultDuration = defaults.u32If(headerFlags, 0x08, 0);
        long defaultSize = defaults.u32If(headerFlags, 0x10, 0);
        long defaultFlags = defaults.u32If(headerFlags, 0x20, 0);
        Cursor in = new Cursor(run.body(), 4);
        long count = in.u32();
        int flags = run.flags();
        int data = moof.offset() + (int) in.u32If(flags, 0x001, 0);
        long firstFlags = in.u32If(flags, 0x004, defaultFlags);
        long dts = startDts;
        for (int i = 0; i < count; i++) {
            long duration = in.u32If(flags, 0x100, defaultDuration);
            int size = (int) in.u32If(flags, 0x200, defaultSize);
            long sampleFlags = in.u32If(flags, 0x400, i == 0 ? firstFlags : defaultFlags);
            int offset = (int) in.u32If(flags, 0x800, 0);
            boolean sync = (sampleFlags & 0x1_0000) == 0;
            out.add(new Sample(dts, duration, offset, sync, body.slice(data, size)));
            data += size;
            dts += duration;
        }
        return dts;
    }

    /** The tracks with what the initialization segment says of them. */
    SegmentMedia media() {
        List<TrackMedia> tracks = new ArrayList<>();
        samples.forEach((id, list) -> {
            InitTrack track = init.tracks.get(id);
            if (track != null && !list.isEmpty()) {
                tracks.add(media(track, list));
            }
        });
        return new SegmentMedia(tracks);
    }

    private TrackMedia media(InitTrack track, List<Sample> list) {
        Sample first = list.get(0);
        Sample last = list.get(list.size() - 1);
        if (track.video()) {
            for (Sample sample : list) {
                findings.check(
                        sample.sync() == isIdr(sample.data()),
                        Rule.INDEPENDENT_SEGMENTS,
                        name,
                        "a sample at " + sample.dts() + " is flagged wrongly");
            }
        }
        return new TrackMedia(
                track.id(),
                track.video(),
                java.util.Optional.of(track.codec()),
                track.timescale(),
                first.dts(),
                last.dts() + last.duration(),
                list.stream()
                        .mapToLong(sample -> sample.dts() + sample.compositionOffset())
                        .min()
                        .orElseThrow(),
                last.duration(),
                list.size(),
                first.sync(),
                list.stream().anyMatch(Sample::sync),
                track.picture());
    }

    private static boolean isIdr(Bytes sample) {
        int at = 0;
        while (at + 5 <= sample.length()) {
            if ((sample.u8(at + 4) & 31) == 5) {
                return true;
            }
            at += 4 + sample.i32(at);
        }
        return false;
    }

    private static final class Cursor {
        private final Bytes bytes;
        private int at;

        Cursor(Bytes bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long u32() {
            at += 4;
            return bytes.u32(at - 4);
        }

        long u32If(int flags, int flag, long otherwise) {
            return (flags & flag) != 0 ? u32() : otherwise;
        }

        void skipIf(int flags, int flag, int count) {
            at += (flags & flag) != 0 ? count : 0;
        }
    }
}
