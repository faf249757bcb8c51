package lancaster.isobmff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;

/**
 * A box read back, written from ISO/IEC 14496-12 and sharing nothing with the writers. Boxes must fill their parent to
 * the last byte.
 *
 * @param at where it begins in the file
 * @param body what follows size and type; for boxes of boxes that is their content
 */
public record Box(String type, int at, Bytes body, List<Box> children) {
    private static final Set<String> PARENTS =
            Set.of("moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf");

    public static List<Box> read(Bytes file) {
        return read(file, 0);
    }

    private static List<Box> read(Bytes bytes, int base) {
        List<Box> boxes = new ArrayList<>();
        for (int at = 0; at < bytes.length(); ) {
            int size = Math.toIntExact(bytes.u32(at));
            assertTrue(size >= 8 && size <= bytes.length() - at, "size " + size + " at " + (base + at));
            ByteReader reader = new ByteReader(bytes.slice(at, size), "box");
            reader.skip(4);
            String type = reader.utf8(4);
            Bytes body = reader.rest();
            boxes.add(new Box(type, base + at, body, children(type, body, base + at + 8)));
            at += size;
        }
        return boxes;
    }

    private static List<Box> children(String type, Bytes body, int at) {
        if (PARENTS.contains(type)) {
            return read(body, at);
        }
        // Fields before the boxes: version, flags and count; sample entries (§12.1.3, §12.2.3).
        return switch (type) {
            case "stsd", "dref" -> read(body.slice(8), at + 8);
            case "avc1" -> read(body.slice(78), at + 78);
            case "mp4a" -> read(body.slice(28), at + 28);
            default -> List.of();
        };
    }

    /** The only box of this type among {@code boxes}. */
    public static Box one(List<Box> boxes, String type) {
        List<Box> found = all(boxes, type);
        assertEquals(1, found.size(), "boxes " + type);
        return found.get(0);
    }

    public static List<Box> all(List<Box> boxes, String type) {
        return boxes.stream().filter(box -> box.type().equals(type)).toList();
    }

    /** The only box at the end of a path of types below this one. */
    public Box at(String... path) {
        Box box = this;
        for (String type : path) {
            box = one(box.children(), type);
        }
        return box;
    }

    public int version() {
        return body.u8(0);
    }

    public int flags() {
        return body.u24(1);
    }

    /** The fields of a full box, behind version and flags. */
    public ByteReader fields() {
        return new ByteReader(body.slice(4), type);
    }
}
