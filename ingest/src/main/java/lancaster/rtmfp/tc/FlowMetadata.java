package lancaster.rtmfp.tc;

import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Vlu;

/**
 * What a flow of RTMP messages says of itself when it begins (RFC 7425 §5.1.1).
 *
 * @param messageStreamId 0 for the connection itself
 * @param networkOrder whether the sender wants its messages taken as they arrive
 */
public record FlowMetadata(int messageStreamId, boolean networkOrder) {
    /** The connection's own flow, whose end is the connection's. */
    public static final FlowMetadata CONTROL = new FlowMetadata(0, false);

    private static final int SIGNATURE = 'T' << 8 | 'C';
    private static final int SIGNATURE_BYTES = 2;
    private static final int HAS_STREAM_ID = 0x04;
    private static final int INTENT = 0x03;
    private static final int NETWORK_ORDER = 0x01;
    private static final int MORE = 0x80;
    private static final int MAX_STREAM_ID_BYTES = 5;

    /** Of a flow of the stream in the order of writing. */
    public static FlowMetadata of(int messageStreamId) {
        return new FlowMetadata(messageStreamId, false);
    }

    /** Nothing where the flow isn't one of RTMP messages. */
    public static Optional<FlowMetadata> parse(Bytes metadata) {
        if (metadata.length() <= SIGNATURE_BYTES
                || metadata.u16(0) != SIGNATURE
                || (metadata.u8(SIGNATURE_BYTES) & HAS_STREAM_ID) == 0) {
            return Optional.empty();
        }
        boolean networkOrder = (metadata.u8(SIGNATURE_BYTES) & INTENT) == NETWORK_ORDER;
        return streamId(metadata.slice(SIGNATURE_BYTES + 1)).map(id -> new FlowMetadata(id, networkOrder));
    }

    /** What stands behind the number is for later versions. */
    private static Optional<Integer> streamId(Bytes encoded) {
        long id = 0;
        for (int i = 0; i < Math.min(encoded.length(), MAX_STREAM_ID_BYTES); i++) {
            id = id << 7 | (encoded.u8(i) & ~MORE);
            if ((encoded.u8(i) & MORE) == 0) {
                return id >>> 32 == 0 ? Optional.of((int) id) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    public Bytes bytes() {
        ByteWriter out = new ByteWriter(SIGNATURE_BYTES + 1 + MAX_STREAM_ID_BYTES)
                .u16(SIGNATURE)
                .u8(HAS_STREAM_ID | (networkOrder ? NETWORK_ORDER : 0));
        return Vlu.write(out, messageStreamId & 0xFFFF_FFFFL).bytes();
    }
}
