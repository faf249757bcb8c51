package lancaster.flv;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/**
 * Reads an FLV file in pieces of any size (§E.2 to §E.4.1). The sizes of previous tags are passed over: many files have
 * wrong ones. A file may end anywhere, as a recording does whose writer died; {@link #isComplete} tells.
 */
public final class FlvFileReader {
    /** Bytes of a tag's content; a key frame of 8K video stays below. */
    static final int MAX_DATA_BYTES = 8 * 1024 * 1024;
    /** Bytes of the header, which has 9 in the only version there is. */
    static final int MAX_HEADER_BYTES = 1024;

    private static final String WHERE = "flv file";

    private enum State {
        HEADER,
        HEADER_EXTENSION,
        PREVIOUS_TAG_SIZE,
        TAG_HEADER,
        TAG_DATA
    }

    private final Consumer<FlvMessage> sink;
    /** What has come of the present element; it grows with what comes, not with what was announced. */
    private final ByteWriter pending = new ByteWriter();

    private State state = State.HEADER;
    private int needed = FlvFile.HEADER_BYTES;
    private int tagType;
    private long timestampMs;

    public FlvFileReader(Consumer<FlvMessage> sink) {
        this.sink = sink;
    }

    /** Takes all that remains in {@code buffer}; a malformed file throws with scope STREAM and is over. */
    public void read(ByteBuffer buffer) {
        byte[] piece = new byte[Math.min(buffer.remaining(), 8192)];
        while (buffer.hasRemaining()) {
            int count = Math.min(Math.min(needed - pending.length(), buffer.remaining()), piece.length);
            buffer.get(piece, 0, count);
            pending.bytes(piece, 0, count);
            if (pending.length() == needed) {
                Bytes element = pending.bytes();
                pending.reset();
                read(element);
            }
        }
    }

    /** Whether the file may end here: behind a tag, with or without its size. */
    public boolean isComplete() {
        return pending.length() == 0 && (state == State.TAG_HEADER || state == State.PREVIOUS_TAG_SIZE);
    }

    private void read(Bytes element) {
        switch (state) {
            case HEADER -> header(new ByteReader(element, WHERE));
            case HEADER_EXTENSION -> expect(State.PREVIOUS_TAG_SIZE, FlvFile.PREVIOUS_TAG_SIZE_BYTES);
            case PREVIOUS_TAG_SIZE -> expect(State.TAG_HEADER, FlvFile.TAG_HEADER_BYTES);
            case TAG_HEADER -> tagHeader(new ByteReader(element, WHERE));
            case TAG_DATA -> tagData(element);
        }
    }

    private void header(ByteReader in) {
        if (!in.bytes(FlvFile.SIGNATURE.length()).equals(FlvFile.SIGNATURE)) {
            throw ProtocolException.malformed(Scope.STREAM, WHERE, "doesn't begin with FLV");
        }
        int version = in.u8();
        if (version != FlvFile.VERSION) {
            throw ProtocolException.unsupported(Scope.STREAM, WHERE, "version " + version);
        }
        in.u8();
        long headerBytes = in.u32();
        if (headerBytes < FlvFile.HEADER_BYTES) {
            throw ProtocolException.malformed(Scope.STREAM, WHERE, "a header of " + headerBytes + " bytes");
        }
        if (headerBytes > MAX_HEADER_BYTES) {
            throw ProtocolException.limit(Scope.STREAM, WHERE, "a header of " + headerBytes + " bytes");
        }
        int extension = (int) headerBytes - FlvFile.HEADER_BYTES;
        if (extension > 0) {
            expect(State.HEADER_EXTENSION, extension);
        } else {
            expect(State.PREVIOUS_TAG_SIZE, FlvFile.PREVIOUS_TAG_SIZE_BYTES);
        }
    }

    private void tagHeader(ByteReader in) {
        int type = in.u8();
        if ((type & FlvFile.FILTER) != 0) {
            throw ProtocolException.unsupported(Scope.STREAM, WHERE, "encrypted tags");
        }
        tagType = type & FlvFile.TAG_TYPE;
        int dataBytes = in.u24();
        if (dataBytes > MAX_DATA_BYTES) {
            throw ProtocolException.limit(Scope.STREAM, WHERE, "a tag of " + dataBytes + " bytes");
        }
        int lowMs = in.u24();
        timestampMs = (long) in.u8() << 24 | lowMs;
        if (dataBytes > 0) {
            expect(State.TAG_DATA, dataBytes);
        } else {
            tagData(Bytes.EMPTY);
        }
    }

    private void tagData(Bytes data) {
        expect(State.PREVIOUS_TAG_SIZE, FlvFile.PREVIOUS_TAG_SIZE_BYTES);
        sink.accept(new FlvMessage(tagType, timestampMs, data));
    }

    private void expect(State next, int bytes) {
        state = next;
        needed = bytes;
    }
}
