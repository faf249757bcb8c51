package lancaster.netconnection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.tc.Worth;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;

/** What somebody needs who comes in the middle of a stream: its metadata and the configurations of its decoders. */
final class StreamHeaders {
    /** Configurations of more codecs and tracks than a stream has. */
    private static final int MAX_HEADERS = 32;

    private static final int ENHANCED = 0x80;
    private static final int ENHANCED_AUDIO_FORMAT = 9;
    /** Kind of packet and FourCC; of the older tags codec and kind. */
    private static final int ENHANCED_KEY_BYTES = 5;

    private static final int KEY_BYTES = 2;

    private record Key(int typeId, Bytes beginning) {}

    private final Map<Key, RawMessage> headers = new LinkedHashMap<>();
    private Optional<RawMessage> metadata = Optional.empty();
    private boolean video;

    /** What was set by {@code @setDataFrame}, or was taken back. */
    void metadata(Optional<RawMessage> message) {
        metadata = message;
    }

    /** A message of the stream. */
    void onMessage(RawMessage message) {
        video |= message.typeId() == MessageType.VIDEO;
        boolean media = message.typeId() == MessageType.VIDEO || message.typeId() == MessageType.AUDIO;
        if (media && Worth.of(message) == Worth.ESSENTIAL && message.payload().length() > KEY_BYTES) {
            Key key = new Key(message.typeId(), beginning(message));
            if (headers.containsKey(key) || headers.size() < MAX_HEADERS) {
                headers.put(key, message);
            }
        }
    }

    private static Bytes beginning(RawMessage message) {
        int first = message.payload().u8(0);
        boolean enhanced =
                message.typeId() == MessageType.VIDEO ? (first & ENHANCED) != 0 : first >> 4 == ENHANCED_AUDIO_FORMAT;
        int bytes = Math.min(
                enhanced ? ENHANCED_KEY_BYTES : KEY_BYTES, message.payload().length());
        return Bytes.wrap(message.payload().slice(0, bytes).toArray());
    }

    boolean hasVideo() {
        return video;
    }

    List<RawMessage> all() {
        List<RawMessage> all = new ArrayList<>();
        metadata.ifPresent(all::add);
        all.addAll(headers.values());
        return all;
    }
}
