package lancaster.netconnection;

import java.util.ArrayList;
import java.util.List;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;

/** Data messages as {@code NetStream.send} makes them (RTMP §7.1.2). */
final class Outgoing {
    private Outgoing() {}

    static RawMessage data(int messageStreamId, long timestampMs, String handler, AmfValue... values) {
        List<AmfValue> all = new ArrayList<>(List.of(new AmfValue.Str(handler)));
        all.addAll(List.of(values));
        Bytes payload = Amf0Writer.write(all);
        return new RawMessage(MessageType.DATA_AMF0, messageStreamId, timestampMs, payload);
    }
}
