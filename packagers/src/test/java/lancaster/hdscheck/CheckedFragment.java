package lancaster.hdscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/**
 * A fragment read by F4V annex C.3, §2.11.1 and annex E, and held against HDS §7.1.
 *
 * @param independent whether its random access box says that decoding may start with it
 * @param tags all tags in their order
 */
public record CheckedFragment(boolean independent, List<Tag> tags) {
    private static final int AUDIO = 8;
    private static final int VIDEO = 9;
    private static final int TAG_HEADER_BYTES = 11;

    /** An FLV tag. */
    public record Tag(int type, long timestampMs, Bytes data) {
        public boolean isVideo() {
            return type == VIDEO;
        }

        public boolean isConfiguration() {
            return data.u8(1) == 0;
        }

        public boolean isKeyFrame() {
            return isVideo() && !isConfiguration() && data.u8(0) >> 4 == 1;
        }

        public long presentationMs() {
            int compositionTime = isVideo() ? data.u24(2) << 8 >> 8 : 0;
            return timestampMs + compositionTime;
        }
    }

    public static CheckedFragment read(Bytes bytes) {
        List<FlatBox> boxes = FlatBox.all(bytes);
        assertEquals(
                List.of("afra", "moof", "mdat"),
                boxes.stream().map(FlatBox::type).toList());
        FlatBox mdat = boxes.get(2);
        movieFragment(boxes.get(1));
        List<Tag> tags = tags(mdat.body());
        List<long[]> entries = randomAccess(boxes.get(0));
        assertTrue(entries.size() <= 1, "entries for random access");
        CheckedFragment fragment = new CheckedFragment(!entries.isEmpty(), tags);
        if (fragment.independent()) {
            assertEquals(mdat.at() + 8, entries.get(0)[1], "offset of the first sample");
            assertEquals(fragment.firstFrame().presentationMs(), entries.get(0)[0], "time of the first sample");
            fragment.checkStart();
        }
        return fragment;
    }

    private static List<long[]> randomAccess(FlatBox afra) {
        ByteReader in = new ByteReader(afra.body(), "afra");
        assertEquals(0, in.u32(), "Version, Flags");
        int bits = in.u8();
        assertEquals(0, bits & 0x3F, "GlobalEntries, Reserved");
        boolean longOffsets = (bits & 0x40) != 0;
        assertEquals(1000, in.u32(), "TimeScale");
        long count = in.u32();
        List<long[]> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(new long[] {in.i64(), longOffsets ? in.i64() : in.u32()});
        }
        assertEquals(0, in.remaining());
        return entries;
    }

    private static void movieFragment(FlatBox moof) {
        List<FlatBox> inside = FlatBox.all(moof.body());
        assertEquals("mfhd", inside.get(0).type());
        ByteReader in = new ByteReader(inside.get(0).body(), "mfhd");
        assertEquals(0, in.u32(), "Version, Flags");
        assertTrue(in.u32() >= 1, "SequenceNumber");
        assertEquals(0, in.remaining());
    }

    static List<Tag> tags(Bytes mdat) {
        ByteReader in = new ByteReader(mdat, "tags");
        List<Tag> tags = new ArrayList<>();
        while (in.remaining() > 0) {
            int type = in.u8();
            assertTrue(type == AUDIO || type == VIDEO, () -> "TagType " + type);
            int dataSize = in.u24();
            long low = in.u24();
            long timestampMs = (long) in.u8() << 24 | low;
            assertTrue(timestampMs <= Integer.MAX_VALUE, () -> "Timestamp " + timestampMs);
            assertEquals(0, in.u24(), "StreamID");
            tags.add(new Tag(type, timestampMs, in.bytes(dataSize)));
            assertEquals(TAG_HEADER_BYTES + dataSize, in.u32(), "PreviousTagSize");
        }
        return tags;
    }

    /** The first tag that is no configuration. */
    public Tag firstFrame() {
        return frames().get(0);
    }

    public List<Tag> frames() {
        return tags.stream().filter(tag -> !tag.isConfiguration()).toList();
    }

    /** Each kind of track is configured before its first frame, and pictures begin with one that stands alone. */
    private void checkStart() {
        for (int type : new int[] {AUDIO, VIDEO}) {
            List<Tag> ofType = tags.stream().filter(tag -> tag.type() == type).toList();
            if (!ofType.isEmpty()) {
                assertTrue(ofType.get(0).isConfiguration(), "a frame before its configuration");
            }
        }
        assertTrue(
                frames().stream().filter(Tag::isVideo).limit(1).allMatch(Tag::isKeyFrame),
                "the first picture is no key frame");
    }
}
