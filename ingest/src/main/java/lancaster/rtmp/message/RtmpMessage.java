package lancaster.rtmp.message;

import java.util.List;
import java.util.Optional;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** A message that was understood, or that is to be sent. {@link RtmpMessages} reads and writes them. */
public sealed interface RtmpMessage {
    /** §5.4.1; the chunk layer obeys it, so that a session only ever sends it. */
    record SetChunkSize(int bytes) implements RtmpMessage {}

    /** §5.4.3: so many bytes have arrived, modulo 2^32. */
    record Acknowledgement(long bytes) implements RtmpMessage {}

    /** §5.4.4: how many bytes may be under way before an acknowledgement is due. */
    record WindowAckSize(long bytes) implements RtmpMessage {}

    /** §5.4.5: asks the peer to send no more than a window without an acknowledgement. */
    record SetPeerBandwidth(long bytes, int limitType) implements RtmpMessage {
        public static final int HARD = 0;
        public static final int SOFT = 1;
        public static final int DYNAMIC = 2;
    }

    /** §6.2, §7.1.7; {@code data} is what the event carries. */
    record UserControl(int event, Bytes data) implements RtmpMessage {
        public static final int STREAM_BEGIN = 0;
        public static final int STREAM_EOF = 1;
        public static final int SET_BUFFER_LENGTH = 3;
        public static final int PING_REQUEST = 6;
        public static final int PING_RESPONSE = 7;

        /** How much the client holds of a stream before it shows it. */
        public static UserControl setBufferLength(int messageStreamId, long bufferMs) {
            return new UserControl(
                    SET_BUFFER_LENGTH,
                    new ByteWriter(8).u32(messageStreamId).u32(bufferMs).bytes());
        }

        /** There is no more of what was played. */
        public static UserControl streamEof(int messageStreamId) {
            return new UserControl(
                    STREAM_EOF, new ByteWriter(4).u32(messageStreamId).bytes());
        }

        public static UserControl streamBegin(int messageStreamId) {
            return new UserControl(
                    STREAM_BEGIN, new ByteWriter(4).u32(messageStreamId).bytes());
        }
    }

    /**
     * §7.1.1: a call or the answer to one.
     *
     * @param transactionId names the answer to a call; 0 wants none
     * @param arguments the values behind the transaction id; the first is the command object, often null
     */
    record Command(int messageStreamId, String name, double transactionId, List<AmfValue> arguments)
            implements RtmpMessage {
        public Command {
            arguments = List.copyOf(arguments);
        }

        public Command(int messageStreamId, String name, double transactionId, AmfValue... arguments) {
            this(messageStreamId, name, transactionId, List.of(arguments));
        }

        /** The text at {@code index} of the arguments, if there is one. */
        public Optional<String> string(int index) {
            return index < arguments.size() ? arguments.get(index).asString() : Optional.empty();
        }

        /** The named values at {@code index} of the arguments; none where there is no object. */
        public AmfObject object(int index) {
            return index < arguments.size() ? arguments.get(index).asObject().orElse(AmfObject.EMPTY) : AmfObject.EMPTY;
        }
    }

    /** §7.1.2: metadata and the like; {@code typeId} tells AMF0 from AMF3. */
    record Data(int messageStreamId, int typeId, long timestampMs, Bytes payload) implements RtmpMessage {}

    /** §7.1.4: the body of an FLV audio tag. */
    record Audio(int messageStreamId, long timestampMs, Bytes payload) implements RtmpMessage {}

    /** §7.1.5: the body of an FLV video tag. */
    record Video(int messageStreamId, long timestampMs, Bytes payload) implements RtmpMessage {}

    /** §7.1.6: FLV tags in a row, times and all, which {@link AggregateReader} takes apart. */
    record Aggregate(int messageStreamId, long timestampMs, Bytes payload) implements RtmpMessage {}
}
