package lancaster.netconnection;

import java.util.List;
import java.util.function.BiConsumer;
import lancaster.amf.Amf0Reader;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvMessage;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.AggregateReader;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.Video;

/** What comes on a message stream, told to whoever listens to it. */
final class Incoming {
    private Incoming() {}

    /** @throws ProtocolException of scope MESSAGE where data are malformed; they were told raw before */
    static void tell(RtmpMessage message, NetStreamListener listener) {
        if (message instanceof Audio audio) {
            listener.onMedia(new FlvMessage(MessageType.AUDIO, audio.timestampMs(), audio.payload()));
        } else if (message instanceof Video video) {
            listener.onMedia(new FlvMessage(MessageType.VIDEO, video.timestampMs(), video.payload()));
        } else if (message instanceof Data data) {
            listener.onMedia(new FlvMessage(data.typeId(), data.timestampMs(), data.payload()));
            data(data.typeId(), data.payload(), listener::onData);
        } else if (message instanceof Aggregate aggregate) {
            for (RawMessage tag : AggregateReader.read(aggregate)) {
                listener.onMedia(new FlvMessage(tag.typeId(), tag.timestampMs(), tag.payload()));
            }
        } else if (message instanceof Command command && command.name().equals("onStatus")) {
            listener.onNetStatus(NetStatusEvent.of(information(command)));
        }
    }

    /** The information object stands behind a null; librtmfp leaves that out. */
    private static AmfObject information(Command status) {
        AmfObject first = status.object(0);
        return first.string("code").isPresent() ? first : status.object(1);
    }

    /** The name of a handler and its arguments (RTMP §7.1.2); what has no name is passed over. */
    static void data(int typeId, Bytes payload, BiConsumer<String, List<AmfValue>> taker) {
        Amf0Reader in = typeId == MessageType.DATA_AMF3 ? Amf0Reader.ofAmf3Message(payload) : new Amf0Reader(payload);
        List<AmfValue> values = in.readAll();
        if (!values.isEmpty()) {
            values.get(0).asString().ifPresent(name -> taker.accept(name, values.subList(1, values.size())));
        }
    }
}
