package lancaster.isobmff;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Boxes in boxes (§4.2): a size, a type, content; the size is filled in when the content is known. */
public final class BoxWriter {
    /** Writes the content of a box. */
    @FunctionalInterface
    public interface Content {
        void writeTo(ByteWriter out);
    }

    private static final int SIZE_AND_TYPE = 8;

    private final ByteWriter out;

    public BoxWriter(ByteWriter out) {
        this.out = out;
    }

    public BoxWriter box(String type, Content content) {
        int start = out.length();
        out.u32(0).ascii(type);
        content.writeTo(out);
        out.setU32(start, out.length() - start);
        return this;
    }

    public BoxWriter full(String type, int version, int flags, Content content) {
        return box(type, body -> content.writeTo(body.u8(version).u24(flags)));
    }

    /** The start of a box whose {@code contentLength} bytes are written by other means. */
    public BoxWriter header(String type, int contentLength) {
        out.u32(Math.addExact(SIZE_AND_TYPE, contentLength)).ascii(type);
        return this;
    }

    public Bytes bytes() {
        return out.bytes();
    }
}
