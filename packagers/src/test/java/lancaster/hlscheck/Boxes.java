package lancaster.hlscheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** Boxes of ISO/IEC 14496-12 §4.2, one inside the other. */
final class Boxes {
    /** @param offset of its header in the file */
    record Box(String type, int offset, Bytes body) {
        /** Version of a full box. */
        int version() {
            return body.u8(0);
        }

        /** Flags of a full box. */
        int flags() {
            return body.u24(1);
        }

        /** The boxes inside, which begin {@code skip} bytes into the body. */
        List<Box> children(int skip) {
            return parse(body.slice(skip), offset + 8 + skip);
        }

        Optional<Box> child(String wanted) {
            return children(0).stream().filter(box -> box.type().equals(wanted)).findFirst();
        }

        /** The box at the end of a path. */
        Optional<Box> at(String... path) {
            Optional<Box> box = Optional.of(this);
            for (String step : path) {
                box = box.flatMap(outer -> outer.child(step));
            }
            return box;
        }

        List<Box> all(String wanted) {
            return children(0).stream().filter(box -> box.type().equals(wanted)).toList();
        }
    }

    private Boxes() {}

    /** Throws {@link IndexOutOfBoundsException} where a size lies. */
    static List<Box> parse(Bytes bytes, int offset) {
        List<Box> boxes = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            int size = bytes.i32(at);
            if (size < 8) {
                throw new IndexOutOfBoundsException("a box of " + size + " bytes");
            }
            StringBuilder type = new StringBuilder();
            for (int i = 4; i < 8; i++) {
                type.append((char) bytes.u8(at + i));
            }
            boxes.add(new Box(type.toString(), offset + at, bytes.slice(at + 8, size - 8)));
            at += size;
        }
        return boxes;
    }
}
