package lancaster.hds;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.isobmff.BoxWriter;

/**
 * What stands before the tags of a fragment (F4V annex C.3): the random access box, an empty movie fragment, the start of
 * the {@code mdat}. Its length depends on nothing but {@code independent}.
 *
 * <p>Of the boxes that annex C.3 names, {@code abst} is left out: bootstraps in fragments mean nothing (HDS errata
 * §8.4.1.2). The {@code moof} has no track fragments, for samples are found by their tags alone.
 *
 * @param fragment its number
 * @param timeMs presentation time of its first frame
 * @param independent whether decoding may start with it
 */
record F4fHead(long fragment, long timeMs, boolean independent) {
    private static final int BOX_HEADER_BYTES = 8;
    private static final int AFRA_BYTES = BOX_HEADER_BYTES + 4 + 1 + 4 + 4;
    /** UI64 time, UI32 offset: LongOffsets is 0 (F4V §2.11.1). */
    private static final int ENTRY_BYTES = 8 + 4;

    private static final int MFHD_BYTES = BOX_HEADER_BYTES + 4 + 4;

    int length() {
        return AFRA_BYTES + (independent ? ENTRY_BYTES : 0) + BOX_HEADER_BYTES + MFHD_BYTES + BOX_HEADER_BYTES;
    }

    /** @param tagBytes the length of all tags together */
    Bytes write(long tagBytes) {
        ByteWriter out = new ByteWriter(length());
        BoxWriter boxes = new BoxWriter(out);
        boxes.full("afra", 0, 0, fields -> {
            fields.u8(0).u32(HdsTime.TIMESCALE).u32(independent ? 1 : 0);
            if (independent) {
                // The first tags are the configurations that this frame needs.
                fields.u64(timeMs).u32(length());
            }
        });
        // mfhd counts from 1 (F4V §2.12.1).
        boxes.box("moof", body -> new BoxWriter(body).full("mfhd", 0, 0, fields -> fields.u32(fragment + 1)));
        boxes.header("mdat", Math.toIntExact(tagBytes));
        return out.bytes();
    }
}
