package lancaster.rtmfp.packet;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/**
 * A typed value in an {@link OptionList} (RFC 7016 §2.1.3).
 *
 * @param type unsigned
 */
public record Option(long type, Bytes value) {
    /** With its length in front. */
    public int encodedLength() {
        int payload = payloadLength();
        return Vlu.length(payload) + payload;
    }

    void write(ByteWriter out) {
        Vlu.write(out, payloadLength());
        Vlu.write(out, type).bytes(value);
    }

    private int payloadLength() {
        return Vlu.length(type) + value.length();
    }
}
