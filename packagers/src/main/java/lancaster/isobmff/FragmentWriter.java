package lancaster.isobmff;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteSink;
import lancaster.bytes.ByteWriter;
import lancaster.media.AccessUnit;
import lancaster.media.Track;

/**
 * Collects the samples of a fragment and writes it: {@code moof} and {@code mdat}, a track fragment for each track that
 * has samples (§8.8). Payloads are kept by reference until then. The same samples give the same bytes, whatever was
 * written before.
 */
public final class FragmentWriter {
    /** Parts that a segment may have in the numbering of fragments. */
    public static final int PARTS_A_SEGMENT = 64;

    private static final int MDAT_HEADER = 8;

    private final List<TrackFragment> fragments = new ArrayList<>();
    private final ByteWriter head = new ByteWriter(4096);
    private long sequenceNumber;

    /** The order of the tracks doesn't matter. */
    public FragmentWriter(List<Track> tracks) {
        TrackBox.of(tracks).forEach(track -> fragments.add(new TrackFragment(track)));
    }

    /** A whole segment in one fragment. */
    public void begin(long segmentNumber) {
        begin(segmentNumber, 0);
    }

    /** Samples that were written before and not finished are gone. */
    public void begin(long segmentNumber, int part) {
        sequenceNumber = segmentNumber * PARTS_A_SEGMENT + part;
        fragments.forEach(TrackFragment::clear);
    }

    /** @param duration in the track's {@link TrackTimescale} */
    public void write(AccessUnit unit, long duration) {
        for (TrackFragment fragment : fragments) {
            if (fragment.trackId() == unit.trackId()) {
                fragment.add(unit, duration);
                return;
            }
        }
        throw new IllegalArgumentException("no track " + unit.trackId());
    }

    public boolean isEmpty() {
        return fragments.stream().allMatch(TrackFragment::isEmpty);
    }

    /** Writes the fragment; of the payloads nothing is copied here. */
    public void finish(ByteSink out) {
        List<TrackFragment> filled =
                fragments.stream().filter(fragment -> !fragment.isEmpty()).toList();
        head.reset();
        BoxWriter boxes = new BoxWriter(head);
        boxes.box("moof", body -> {
            BoxWriter inside = new BoxWriter(body);
            inside.full("mfhd", 0, 0, fields -> fields.u32(sequenceNumber));
            filled.forEach(fragment -> fragment.writeTo(inside));
        });
        int payload = head.length() + MDAT_HEADER;
        int length = 0;
        for (TrackFragment fragment : filled) {
            fragment.setDataOffset(head, payload + length);
            length = Math.addExact(length, fragment.payloadLength());
        }
        boxes.header("mdat", length);
        head.writeTo(out);
        filled.forEach(fragment -> fragment.writePayloads(out));
        fragments.forEach(TrackFragment::clear);
    }
}
