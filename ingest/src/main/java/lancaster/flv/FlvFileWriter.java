package lancaster.flv;

import lancaster.bytes.ByteSink;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Writes an FLV file, or the endless one of a live stream: its header at once, then tag by tag. */
public final class FlvFileWriter {
    /** Bytes of a tag's content: 24 bits hold them. */
    private static final int MAX_DATA_BYTES = (1 << 24) - 1;

    private final ByteSink out;
    private final ByteWriter scratch = new ByteWriter();

    /** The flags tell readers which tracks to wait for. */
    public FlvFileWriter(ByteSink out, boolean audio, boolean video) {
        this.out = out;
        scratch.bytes(FlvFile.SIGNATURE)
                .u8(FlvFile.VERSION)
                .u8((audio ? FlvFile.FLAG_AUDIO : 0) | (video ? FlvFile.FLAG_VIDEO : 0))
                .u32(FlvFile.HEADER_BYTES)
                .u32(0);
        flush();
    }

    public void write(FlvMessage message) {
        Bytes payload = message.payload();
        if (payload.length() > MAX_DATA_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "flv tag", payload.length() + " bytes");
        }
        scratch.u8(message.type())
                .u24(payload.length())
                .u24((int) message.timestampMs())
                .u8((int) (message.timestampMs() >> 24))
                .u24(0);
        flush();
        payload.writeTo(out);
        scratch.u32(FlvFile.TAG_HEADER_BYTES + payload.length());
        flush();
    }

    private void flush() {
        scratch.bytes().writeTo(out);
        scratch.reset();
    }
}
