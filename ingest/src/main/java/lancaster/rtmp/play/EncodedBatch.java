package lancaster.rtmp.play;

import java.util.Arrays;
import java.util.List;
import lancaster.rtmp.chunk.ChunkEncoder;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessages;

/**
 * Messages as chunks (§5.3), and where these end: between two chunks something else may be sent, between two messages one
 * may stop.
 */
final class EncodedBatch {
    /**
     * So large that few messages are cut, and small enough that a chunk has room beside what the kernel has not sent yet.
     */
    static final int CHUNK_BYTES = 32 << 10;
    /** Each message stream has chunk streams of its own, so that their messages may interleave; more have no short ids. */
    static final int MAX_MESSAGE_STREAM = 7;

    private static final int CHUNK_STREAMS_APART = 8;

    private final SharedChunks chunks;
    /** Ascending. */
    private final int[] ends;
    /** Whether a message ends there. */
    private final boolean[] whole;

    private EncodedBatch(SharedChunks chunks, int[] ends, boolean[] whole) {
        this.chunks = chunks;
        this.ends = ends;
        this.whole = whole;
    }

    /** Retained once, for the caller. */
    static EncodedBatch of(ChunkMemory memory, List<PlayMessage> messages, int messageStreamId) {
        int maxBytes = 0;
        int count = 0;
        for (PlayMessage message : messages) {
            maxBytes += ChunkEncoder.wholeBytes(message.raw(), CHUNK_BYTES);
            count += ChunkEncoder.chunks(message.raw(), CHUNK_BYTES);
        }
        int[] ends = new int[count];
        boolean[] whole = new boolean[count];
        SharedChunks chunks = memory.fill(maxBytes, out -> {
            int begin = out.position();
            int at = 0;
            for (PlayMessage message : messages) {
                RawMessage raw = message.raw();
                int from = out.position() - begin;
                ChunkEncoder.encodeWhole(
                        RtmpMessages.chunkStreamId(raw) + CHUNK_STREAMS_APART * (messageStreamId - 1),
                        new RawMessage(raw.typeId(), messageStreamId, raw.timestampMs(), raw.payload()),
                        CHUNK_BYTES,
                        out);
                int continuations = ChunkEncoder.chunks(raw, CHUNK_BYTES) - 1;
                for (int i = 0; i < continuations; i++) {
                    ends[at++] = from + ChunkEncoder.endOfChunk(raw, CHUNK_BYTES, i);
                }
                whole[at] = true;
                ends[at++] = out.position() - begin;
            }
        });
        return new EncodedBatch(chunks, ends, whole);
    }

    SharedChunks chunks() {
        return chunks;
    }

    int length() {
        return chunks.length();
    }

    /** Whether a message ends at {@code offset}, or none has begun. */
    boolean isBetweenMessages(int offset) {
        return offset == 0 || whole[Arrays.binarySearch(ends, offset)];
    }

    /** The last end of a chunk up to {@code room} bytes behind {@code offset}; {@code offset} if the next one is longer. */
    int endWithin(int offset, int room) {
        if (length() - offset <= room) {
            return length();
        }
        int at = Arrays.binarySearch(ends, offset + room);
        int before = at >= 0 ? at : -at - 2;
        return before < 0 ? offset : Math.max(offset, ends[before]);
    }

    /** Where the message ends that has begun at {@code offset}. */
    int endOfMessage(int offset) {
        int at = offset == 0 ? 0 : Arrays.binarySearch(ends, offset) + 1;
        while (!whole[at]) {
            at++;
        }
        return ends[at];
    }
}
