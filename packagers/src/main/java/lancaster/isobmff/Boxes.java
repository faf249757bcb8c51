package lancaster.isobmff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Takes boxes apart (ISO/IEC 14496-12 §4.2). Malformed input throws with scope STREAM. */
final class Boxes {
    static final String WHERE = "mp4 box";

    private static final int HEAD_BYTES = 8;
    private static final int LARGE_HEAD_BYTES = 16;
    private static final int TO_THE_END = 0;
    private static final int LARGE = 1;
    /** Boxes in a row; a movie of many tracks stays below. */
    private static final int MAX_BOXES = 10_000;

    /**
     * A box.
     *
     * @param at where it begins in what was read
     * @param content behind its header
     */
    record Box(String type, int at, Bytes content) {
        /** Behind version and flags (§4.2: full boxes). */
        ByteReader fullContent() {
            ByteReader in = new ByteReader(content, WHERE + " " + type);
            in.skip(4);
            return in;
        }

        int version() {
            return new ByteReader(content, WHERE + " " + type).u8();
        }

        int flags() {
            return (int) new ByteReader(content, WHERE + " " + type).u32() & 0xFF_FFFF;
        }
    }

    private Boxes() {}

    /** The boxes that {@code bytes} consist of. */
    static List<Box> of(Bytes bytes) {
        List<Box> boxes = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            if (bytes.length() - at < HEAD_BYTES) {
                throw malformed("cut off at byte " + at);
            }
            long size = bytes.u32(at);
            int head = HEAD_BYTES;
            if (size == LARGE) {
                if (bytes.length() - at < LARGE_HEAD_BYTES) {
                    throw malformed("cut off at byte " + at);
                }
                size = bytes.u32(at + 8) == 0 ? bytes.u32(at + 12) : Long.MAX_VALUE;
                head = LARGE_HEAD_BYTES;
            } else if (size == TO_THE_END) {
                size = (long) bytes.length() - at;
            }
            if (size < head || size > bytes.length() - at) {
                throw malformed(size + " bytes at byte " + at + " of " + bytes.length());
            }
            if (boxes.size() >= MAX_BOXES) {
                throw ProtocolException.limit(Scope.STREAM, WHERE, "more than " + MAX_BOXES);
            }
            boxes.add(new Box(type(bytes.slice(at + 4, 4)), at, bytes.slice(at + head, (int) size - head)));
            at += (int) size;
        }
        return boxes;
    }

    /** The first box of a type. */
    static Optional<Box> first(List<Box> boxes, String type) {
        return boxes.stream().filter(box -> box.type().equals(type)).findFirst();
    }

    /** The first box at the end of a path of boxes, such as {@code mdia minf stbl}. */
    static Optional<Box> path(Bytes content, String... types) {
        Bytes inside = content;
        Optional<Box> box = Optional.empty();
        for (String type : types) {
            box = first(of(inside), type);
            if (box.isEmpty()) {
                return box;
            }
            inside = box.get().content();
        }
        return box;
    }

    static ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.STREAM, WHERE, what);
    }

    private static String type(Bytes code) {
        StringBuilder text = new StringBuilder(4);
        for (int i = 0; i < code.length(); i++) {
            int character = code.u8(i);
            text.append(character >= ' ' && character <= '~' ? (char) character : '.');
        }
        return text.toString();
    }
}
