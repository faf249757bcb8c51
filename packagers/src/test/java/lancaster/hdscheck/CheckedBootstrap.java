package lancaster.hdscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/**
 * A bootstrap read by the tables of F4V §2.11.2 and held against HDS §8.4 and the errata's §8.4.1.
 *
 * @param fragmentsPerSegment of the only segment
 */
public record CheckedBootstrap(
        long version,
        boolean live,
        long currentMediaTimeMs,
        long segment,
        long fragmentsPerSegment,
        List<Entry> entries) {
    private static final long TIMESCALE = 1000;
    /** After so much, times begin anew: tags count 31 bits. */
    private static final long PERIOD_MS = 24L * 24 * 60 * 60 * 1000;

    /** One FRAGMENTRUNENTRY; {@code indicator} is that of a discontinuity. */
    public record Entry(long firstFragment, long timestampMs, long durationMs, Optional<Integer> indicator) {
        boolean isDiscontinuity() {
            return durationMs == 0;
        }

        boolean isEnd() {
            return indicator.equals(Optional.of(0));
        }
    }

    /** What the table says of a fragment. */
    public record Listed(long number, long startMs, long durationMs) {}

    public static CheckedBootstrap read(Bytes bytes) {
        List<FlatBox> boxes = FlatBox.all(bytes);
        assertEquals(1, boxes.size());
        assertEquals("abst", boxes.get(0).type());
        ByteReader in = new ByteReader(boxes.get(0).body(), "abst");
        assertEquals(0, in.u8(), "Version");
        assertEquals(0, in.u24(), "Flags");
        long version = in.u32();
        int bits = in.u8();
        assertEquals(0, bits & 0xDF, "Profile, Update, Reserved");
        assertEquals(TIMESCALE, in.u32(), "TimeScale");
        long currentMediaTime = in.i64();
        assertEquals(0, in.i64(), "SmpteTimeCodeOffset");
        for (String field :
                List.of("MovieIdentifier", "ServerEntryCount", "QualityEntryCount", "DrmData", "MetaData")) {
            assertEquals(0, in.u8(), field);
        }
        assertEquals(1, in.u8(), "SegmentRunTableCount");
        Bytes rest = in.rest();
        FlatBox asrt = FlatBox.first(rest, 0);
        assertEquals(1, rest.u8(asrt.end()), "FragmentRunTableCount");
        Bytes last = rest.slice(asrt.end() + 1);
        FlatBox afrt = FlatBox.first(last, 0);
        assertEquals(last.length(), afrt.end(), "bytes behind the fragment run table");
        long[] segments = segments(asrt);
        CheckedBootstrap bootstrap = new CheckedBootstrap(
                version, (bits & 0x20) != 0, currentMediaTime, segments[0], segments[1], fragments(afrt));
        bootstrap.check();
        return bootstrap;
    }

    private static long[] segments(FlatBox asrt) {
        assertEquals("asrt", asrt.type());
        ByteReader in = new ByteReader(asrt.body(), "asrt");
        assertEquals(0, in.u32(), "Version, Flags");
        assertEquals(0, in.u8(), "QualityEntryCount");
        assertEquals(1, in.u32(), "SegmentRunEntryCount");
        long[] entry = {in.u32(), in.u32()};
        assertEquals(0, in.remaining());
        return entry;
    }

    private static List<Entry> fragments(FlatBox afrt) {
        assertEquals("afrt", afrt.type());
        ByteReader in = new ByteReader(afrt.body(), "afrt");
        assertEquals(0, in.u32(), "Version, Flags");
        assertEquals(TIMESCALE, in.u32(), "TimeScale");
        assertEquals(0, in.u8(), "QualityEntryCount");
        long count = in.u32();
        assertTrue(count >= 1, "FragmentRunEntryCount");
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long first = in.u32();
            long timestamp = in.i64();
            long duration = in.u32();
            entries.add(new Entry(first, timestamp, duration, duration == 0 ? Optional.of(in.u8()) : Optional.empty()));
        }
        assertEquals(0, in.remaining());
        return entries;
    }

    /** The fragments that are listed, discontinuities left out (errata §8.4.1.6). */
    public List<Listed> fragments() {
        List<Listed> listed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.isDiscontinuity()) {
                for (long number = entry.firstFragment(); number <= lastOf(i); number++) {
                    long start = entry.timestampMs() + (number - entry.firstFragment()) * entry.durationMs();
                    listed.add(new Listed(number, start, entry.durationMs()));
                }
            }
        }
        return listed;
    }

    public boolean ended() {
        return entries.get(entries.size() - 1).isEnd();
    }

    private long lastFragment() {
        return entries.get(0).firstFragment() + fragmentsPerSegment - 1;
    }

    private long lastOf(int entry) {
        boolean last = entry == entries.size() - 1 || entries.get(entry + 1).isEnd();
        return last ? lastFragment() : entries.get(entry + 1).firstFragment() - 1;
    }

    private void check() {
        assertTrue(segment >= 1, "FirstSegment");
        assertTrue(fragmentsPerSegment >= 1, "FragmentsPerSegment");
        assertTrue(!entries.get(0).isDiscontinuity(), "the first entry is a discontinuity");
        for (int i = 1; i < entries.size(); i++) {
            check(entries.get(i - 1), entries.get(i), i == entries.size() - 1);
        }
        assertNotEquals(live, ended(), "Live, and the end");
        List<Listed> fragments = fragments();
        Listed last = fragments.get(fragments.size() - 1);
        assertEquals(lastFragment(), last.number());
        assertEquals(last.startMs() + last.durationMs(), currentMediaTimeMs, "CurrentMediaTime");
    }

    private static void check(Entry before, Entry entry, boolean last) {
        if (entry.isEnd()) {
            assertTrue(last, "an end that isn't the end");
            return;
        }
        boolean wraps = before.isDiscontinuity() && entry.timestampMs() < before.timestampMs();
        assertTrue(
                entry.timestampMs() > before.timestampMs() || (wraps && before.timestampMs() >= PERIOD_MS),
                () -> entry + " behind " + before);
        assertTrue(entry.firstFragment() >= before.firstFragment(), () -> entry + " behind " + before);
        if (entry.isDiscontinuity()) {
            assertTrue(!last, "discontinuity at the end");
            assertTrue(!before.isDiscontinuity(), "discontinuity behind discontinuity");
            int indicator = entry.indicator().orElseThrow();
            assertTrue(indicator >= 1 && indicator <= 3, () -> "DiscontinuityIndicator " + indicator);
        } else if (!before.isDiscontinuity()) {
            long count = entry.firstFragment() - before.firstFragment();
            assertTrue(count >= 1, () -> entry + " behind " + before);
            assertEquals(
                    before.timestampMs() + count * before.durationMs(),
                    entry.timestampMs(),
                    () -> entry + " doesn't follow " + before + ", and no discontinuity says so");
        }
    }
}
