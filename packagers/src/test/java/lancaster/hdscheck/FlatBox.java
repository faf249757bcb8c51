package lancaster.hdscheck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/**
 * A box whose content isn't looked into (F4V §1.3).
 *
 * @param at where it begins
 */
record FlatBox(String type, int at, Bytes body) {
    private static final int HEADER_BYTES = 8;

    /** All boxes of these bytes, which they must fill to the last one. */
    static List<FlatBox> all(Bytes bytes) {
        List<FlatBox> boxes = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            FlatBox box = first(bytes.slice(at), at);
            boxes.add(box);
            at += HEADER_BYTES + box.body().length();
        }
        return boxes;
    }

    /** The box that {@code bytes} begin with. */
    static FlatBox first(Bytes bytes, int at) {
        ByteReader in = new ByteReader(bytes, "box");
        long size = in.u32();
        assertTrue(size >= HEADER_BYTES && size <= bytes.length(), () -> "a box of " + size + " bytes at " + at);
        String type = new String(in.bytes(4).toArray(), StandardCharsets.US_ASCII);
        return new FlatBox(type, at, bytes.slice(HEADER_BYTES, (int) size - HEADER_BYTES));
    }

    int end() {
        return at + HEADER_BYTES + body.length();
    }
}
