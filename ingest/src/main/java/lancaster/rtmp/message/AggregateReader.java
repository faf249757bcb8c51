package lancaster.rtmp.message;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.rtmp.chunk.RawMessage;

/**
 * Takes an aggregate message apart (§7.1.6). Inside lie FLV tags: the first one's time is that of the aggregate, the
 * others keep their distance to it, and their own stream ids don't count.
 */
public final class AggregateReader {
    private AggregateReader() {}

    /** @throws ProtocolException of scope MESSAGE where the tags don't fill the message */
    public static List<RawMessage> read(RtmpMessage.Aggregate aggregate) {
        ByteReader in = new ByteReader(aggregate.payload(), "rtmp aggregate message");
        List<RawMessage> messages = new ArrayList<>();
        long offsetMs = 0;
        while (in.hasRemaining()) {
            int typeId = in.u8();
            int length = in.u24();
            long tagMs = in.u24() | (long) in.u8() << 24;
            in.skip(3);
            Bytes body = in.bytes(length);
            // Some leave the back pointer of the last tag out.
            in.skip(Math.min(4, in.remaining()));
            if (messages.isEmpty()) {
                offsetMs = aggregate.timestampMs() - tagMs;
            }
            messages.add(new RawMessage(typeId, aggregate.messageStreamId(), tagMs + offsetMs & 0xFFFF_FFFFL, body));
        }
        return messages;
    }
}
