package lancaster.isobmff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/** A fragment read back: what a player makes of {@code moof} and {@code mdat} (§8.8). */
public record Fragment(long sequenceNumber, List<Run> runs) {
    /** The samples of one track. */
    public record Run(int trackId, long decodeTime, List<Sample> samples) {
        public long duration() {
            return samples.stream().mapToLong(Sample::duration).sum();
        }
    }

    public record Sample(long duration, int flags, int compositionOffset, Bytes payload) {
        public boolean isSync() {
            return (flags & 0x1_0000) == 0;
        }
    }

    private static final int DEFAULT_BASE_IS_MOOF = 0x02_0000;

    public static Fragment read(Bytes file) {
        List<Box> boxes = Box.read(file);
        assertEquals(List.of("moof", "mdat"), boxes.stream().map(Box::type).toList());
        Box moof = boxes.get(0);
        List<Run> runs = new ArrayList<>();
        int payloads = 0;
        for (Box traf : Box.all(moof.children(), "traf")) {
            assertEquals(
                    List.of("tfhd", "tfdt", "trun"),
                    traf.children().stream().map(Box::type).toList());
            Run run = run(traf, file);
            runs.add(run);
            payloads += run.samples().stream()
                    .mapToInt(sample -> sample.payload().length())
                    .sum();
        }
        assertEquals(boxes.get(1).body().length(), payloads, "mdat holds the samples and nothing else");
        return new Fragment(moof.at("mfhd").fields().u32(), runs);
    }

    private static Run run(Box traf, Bytes file) {
        Box header = traf.at("tfhd");
        assertEquals(DEFAULT_BASE_IS_MOOF, header.flags() & ~0x28, "tf_flags");
        ByteReader fields = header.fields();
        int trackId = (int) fields.u32();
        long defaultDuration = (header.flags() & 0x08) != 0 ? fields.u32() : -1;
        int defaultFlags = (header.flags() & 0x20) != 0 ? fields.i32() : -1;
        assertEquals(0, fields.remaining());
        assertEquals(1, traf.at("tfdt").version());
        long decodeTime = traf.at("tfdt").fields().i64();
        return new Run(trackId, decodeTime, samples(traf.at("trun"), file, defaultDuration, defaultFlags));
    }

    private static List<Sample> samples(Box trun, Bytes file, long defaultDuration, int defaultFlags) {
        assertEquals(1, trun.version(), "signed composition offsets");
        assertEquals(0x201, trun.flags() & 0x205, "tr_flags");
        ByteReader in = trun.fields();
        long count = in.u32();
        int at = in.i32();
        List<Sample> samples = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long duration = (trun.flags() & 0x100) != 0 ? in.u32() : defaultDuration;
            int size = (int) in.u32();
            int flags = (trun.flags() & 0x400) != 0 ? in.i32() : defaultFlags;
            int offset = (trun.flags() & 0x800) != 0 ? in.i32() : 0;
            assertEquals(true, duration >= 0 && flags != -1, "a sample without duration or flags");
            samples.add(new Sample(duration, flags, offset, file.slice(at, size)));
            at += size;
        }
        assertEquals(0, in.remaining());
        return samples;
    }
}
