package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.rtmp.chunk.ChunkEncoder;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessages;

/**
 * Some messages of media as chunks (§5.3), encoded once for all connections that send them: no header leans on one before
 * it. Owner: the loop of all these connections; the bytes don't change.
 */
public final class MediaBatch {
    /** What nearly all servers call the first message stream of a connection. */
    private static final int USUAL_STREAM = 1;

    private final List<RawMessage> messages;
    private final List<RawMessage> opening;
    private final int[] starts;
    private final ByteBuffer chunks;
    private final Map<Integer, ByteBuffer> others = new HashMap<>();
    private MediaBatch whole = this;
    private final boolean entry;

    /**
     * @param opening what must be sent before for somebody who begins here; nothing if nobody can
     */
    MediaBatch(List<RawMessage> messages, List<RawMessage> opening) {
        this.messages = messages;
        this.opening = opening;
        this.entry = !opening.isEmpty();
        int bytes = 0;
        for (RawMessage message : messages) {
            bytes += ChunkEncoder.wholeBytes(message, RtmpPublishLink.CHUNK_BYTES);
        }
        starts = new int[messages.size()];
        // Outside the heap a socket takes it without another copy.
        ByteBuffer out = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < starts.length; i++) {
            starts[i] = out.position();
            RawMessage message = messages.get(i);
            ChunkEncoder.encodeWhole(RtmpMessages.chunkStreamId(message), message, RtmpPublishLink.CHUNK_BYTES, out);
        }
        chunks = out.flip();
    }

    /** Whether a viewer can begin with it. */
    public boolean isEntry() {
        return entry;
    }

    public int bytes() {
        return chunks.remaining();
    }

    public int messages() {
        return messages.size();
    }

    /** The messages themselves, on whatever stream. */
    public List<RawMessage> rawMessages() {
        return messages;
    }

    /** What somebody needs who begins here: the same with configurations and metadata before. */
    MediaBatch opened() {
        if (entry && whole == this) {
            List<RawMessage> all = new java.util.ArrayList<>(opening);
            all.addAll(messages);
            whole = new MediaBatch(List.copyOf(all), List.of());
        }
        return whole;
    }

    /** The chunks, on this message stream. */
    ByteBuffer chunks(int messageStreamId) {
        ByteBuffer wanted =
                messageStreamId == USUAL_STREAM ? chunks : others.computeIfAbsent(messageStreamId, this::onStream);
        return wanted.duplicate();
    }

    private ByteBuffer onStream(int messageStreamId) {
        ByteBuffer copy = ByteBuffer.allocateDirect(chunks.remaining());
        copy.put(chunks.duplicate()).flip().order(ByteOrder.LITTLE_ENDIAN);
        for (int start : starts) {
            copy.putInt(start + ChunkEncoder.MESSAGE_STREAM_ID, messageStreamId);
        }
        return copy;
    }

    static int usualStream() {
        return USUAL_STREAM;
    }
}
