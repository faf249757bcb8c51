package lancaster.rtmfp.tc;

import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmp.chunk.RawMessage;

/** An RTMP message as a flow carries it (RFC 7425 §5.1.2): the stream is the flow's, the length that of the message. */
public final class TcMessage {
    /** Type and timestamp. */
    public static final int HEADER_BYTES = 5;

    private TcMessage() {}

    /** Nothing where {@code message} is shorter than its header, as an empty one is that only announces the flow. */
    public static Optional<RawMessage> read(Bytes message, int messageStreamId) {
        return message.length() < HEADER_BYTES
                ? Optional.empty()
                : Optional.of(
                        new RawMessage(message.u8(0), messageStreamId, message.u32(1), message.slice(HEADER_BYTES)));
    }

    public static Bytes write(RawMessage message) {
        return new ByteWriter(HEADER_BYTES + message.payload().length())
                .u8(message.typeId())
                .u32(message.timestampMs())
                .bytes(message.payload())
                .bytes();
    }
}
