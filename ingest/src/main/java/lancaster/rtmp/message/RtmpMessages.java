package lancaster.rtmp.message;

import java.util.ArrayList;
import java.util.List;
import lancaster.amf.Amf0Reader;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfValue;
import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage.Acknowledgement;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.SetPeerBandwidth;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.message.RtmpMessage.WindowAckSize;

/** Between {@link RawMessage} and {@link RtmpMessage}. */
public final class RtmpMessages {
    /** Protocol control messages and user control (§5.4, §6.2). */
    private static final int CONTROL_CHUNK_STREAM = 2;

    private static final int COMMAND_CHUNK_STREAM = 3;
    private static final int STREAM_COMMAND_CHUNK_STREAM = 5;
    private static final int AUDIO_CHUNK_STREAM = 4;
    private static final int VIDEO_CHUNK_STREAM = 6;
    /** More values than any known command has behind its name. */
    private static final int MAX_COMMAND_VALUES = 64;

    private RtmpMessages() {}

    /** @throws ProtocolException of scope MESSAGE where the message isn't understood */
    public static RtmpMessage read(RawMessage raw) {
        Bytes payload = raw.payload();
        int messageStreamId = raw.messageStreamId();
        return switch (raw.typeId()) {
            case MessageType.AUDIO -> new Audio(messageStreamId, raw.timestampMs(), payload);
            case MessageType.VIDEO -> new Video(messageStreamId, raw.timestampMs(), payload);
            case MessageType.DATA_AMF0, MessageType.DATA_AMF3 ->
                new Data(messageStreamId, raw.typeId(), raw.timestampMs(), payload);
            case MessageType.COMMAND_AMF0 -> command(messageStreamId, new Amf0Reader(payload));
            case MessageType.COMMAND_AMF3 -> command(messageStreamId, Amf0Reader.ofAmf3Message(payload));
            case MessageType.AGGREGATE -> new Aggregate(messageStreamId, raw.timestampMs(), payload);
            case MessageType.ACKNOWLEDGEMENT ->
                new Acknowledgement(control(payload).u32());
            case MessageType.WINDOW_ACK_SIZE ->
                new WindowAckSize(control(payload).u32());
            case MessageType.SET_PEER_BANDWIDTH -> setPeerBandwidth(control(payload));
            case MessageType.USER_CONTROL -> userControl(control(payload));
            default ->
                throw ProtocolException.unsupported(Scope.MESSAGE, "rtmp message", "message type " + raw.typeId());
        };
    }

    public static RawMessage write(RtmpMessage message) {
        if (message instanceof Audio audio) {
            return new RawMessage(MessageType.AUDIO, audio.messageStreamId(), audio.timestampMs(), audio.payload());
        }
        if (message instanceof Video video) {
            return new RawMessage(MessageType.VIDEO, video.messageStreamId(), video.timestampMs(), video.payload());
        }
        if (message instanceof Data data) {
            return new RawMessage(data.typeId(), data.messageStreamId(), data.timestampMs(), data.payload());
        }
        if (message instanceof Aggregate aggregate) {
            return new RawMessage(
                    MessageType.AGGREGATE, aggregate.messageStreamId(), aggregate.timestampMs(), aggregate.payload());
        }
        if (message instanceof Command command) {
            return new RawMessage(MessageType.COMMAND_AMF0, command.messageStreamId(), 0, commandPayload(command));
        }
        return writeControl(message);
    }

    /** The chunk stream that a message is sent on: those of one kind share one, so that their headers shorten. */
    public static int chunkStreamId(RawMessage message) {
        return switch (message.typeId()) {
            case MessageType.AUDIO -> AUDIO_CHUNK_STREAM;
            case MessageType.VIDEO, MessageType.AGGREGATE -> VIDEO_CHUNK_STREAM;
            case MessageType.COMMAND_AMF0 ->
                message.messageStreamId() == 0 ? COMMAND_CHUNK_STREAM : STREAM_COMMAND_CHUNK_STREAM;
            case MessageType.DATA_AMF0, MessageType.DATA_AMF3 -> AUDIO_CHUNK_STREAM;
            default -> CONTROL_CHUNK_STREAM;
        };
    }

    private static RawMessage writeControl(RtmpMessage message) {
        if (message instanceof SetChunkSize size) {
            return control(RawMessage.SET_CHUNK_SIZE, new ByteWriter(4).u32(size.bytes()));
        }
        if (message instanceof Acknowledgement acknowledgement) {
            return control(MessageType.ACKNOWLEDGEMENT, new ByteWriter(4).u32(acknowledgement.bytes()));
        }
        if (message instanceof WindowAckSize size) {
            return control(MessageType.WINDOW_ACK_SIZE, new ByteWriter(4).u32(size.bytes()));
        }
        if (message instanceof SetPeerBandwidth bandwidth) {
            ByteWriter body = new ByteWriter(5).u32(bandwidth.bytes()).u8(bandwidth.limitType());
            return control(MessageType.SET_PEER_BANDWIDTH, body);
        }
        UserControl event = (UserControl) message;
        return control(
                MessageType.USER_CONTROL, new ByteWriter(16).u16(event.event()).bytes(event.data()));
    }

    private static RawMessage control(int typeId, ByteWriter body) {
        return new RawMessage(typeId, 0, 0, body.bytes());
    }

    private static ByteReader control(Bytes payload) {
        return new ByteReader(payload, "rtmp control message");
    }

    private static SetPeerBandwidth setPeerBandwidth(ByteReader in) {
        return new SetPeerBandwidth(in.u32(), in.hasRemaining() ? in.u8() : SetPeerBandwidth.DYNAMIC);
    }

    private static UserControl userControl(ByteReader in) {
        return new UserControl(in.u16(), in.rest());
    }

    private static Command command(int messageStreamId, Amf0Reader in) {
        String name = in.read().asString().orElseThrow(() -> malformedCommand("a command without a name"));
        double transactionId = in.hasRemaining() ? in.read().asNumber().orElse(0) : 0;
        List<AmfValue> arguments = new ArrayList<>();
        while (in.hasRemaining()) {
            if (arguments.size() == MAX_COMMAND_VALUES) {
                throw ProtocolException.limit(
                        Scope.MESSAGE, "rtmp command", "more than " + MAX_COMMAND_VALUES + " values");
            }
            arguments.add(in.read());
        }
        return new Command(messageStreamId, name, transactionId, arguments);
    }

    private static Bytes commandPayload(Command command) {
        Amf0Writer out = new Amf0Writer().string(command.name()).number(command.transactionId());
        command.arguments().forEach(out::value);
        return out.bytes();
    }

    private static ProtocolException malformedCommand(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, "rtmp command", what);
    }
}
