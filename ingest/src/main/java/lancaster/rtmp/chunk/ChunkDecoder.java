package lancaster.rtmp.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from chunks (§5.3), whatever way the network cuts them. Payload goes straight from the caller's
 * buffer into the message's array, which grows as bytes arrive and never because a length was announced.
 */
public final class ChunkDecoder {
    /** What both sides begin with (§5.4.1). */
    static final int DEFAULT_CHUNK_SIZE = 128;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final String WHERE = "rtmp chunk";
    /** An array begins with this much whatever the peer has done before. */
    private static final int INITIAL_BYTES = 1024;

    private ChunkLimits limits;
    private int chunkSize = DEFAULT_CHUNK_SIZE;

    private final ChunkStreams streams = new ChunkStreams();
    private final ChunkHeader header = new ChunkHeader();
    /** The beginning of a header that the last buffer ended in. */
    private final ByteBuffer cutHeader = ByteBuffer.allocate(ChunkHeader.MAX_BYTES);

    /** Bytes kept for the beginning of a repeated timestamp that a later byte showed to be payload. */
    private ByteBuffer mistaken = NOTHING;

    /** The chunk that is arriving, if any. */
    private @Nullable ChunkStream current;

    private int chunkRemaining;

    private int unfinishedBytes;
    /** The longest message so far. Who has sent one that long gets an array of that length in one piece. */
    private int longestBytes = INITIAL_BYTES;

    private long abandonedMessages;

    public ChunkDecoder(ChunkLimits limits) {
        this.limits = limits;
    }

    /** Takes effect with the next chunk. */
    public void limit(ChunkLimits newLimits) {
        limits = newLimits;
    }

    /** Messages whose end never came because another one began on their chunk stream. */
    public long abandonedMessages() {
        return abandonedMessages;
    }

    /** Memory held for messages that have begun and are not complete. */
    public int unfinishedBytes() {
        return unfinishedBytes;
    }

    /**
     * Takes all that remains in {@code in} and hands messages to {@code sink} as they become complete.
     *
     * @throws ProtocolException of scope CONNECTION where the chunk streams can't be followed any further
     */
    public void decode(ByteBuffer in, RtmpMessageSink sink) {
        while (true) {
            ChunkStream stream = current;
            if (stream == null) {
                if (!in.hasRemaining() || !readHeader(in)) {
                    return;
                }
                stream = beginChunk();
                current = stream;
                if (mistaken.hasRemaining()) {
                    ByteBuffer payload = mistaken;
                    mistaken = NOTHING;
                    decode(payload, sink);
                    continue;
                }
            }
            receive(stream, in);
            if (chunkRemaining > 0) {
                return;
            }
            current = null;
            if (stream.missingBytes() == 0) {
                deliver(stream, sink);
            }
        }
    }

    /** Fills {@link #header} from the front of {@code in}; false where it ends first, its bytes kept. */
    private boolean readHeader(ByteBuffer in) {
        int kept = cutHeader.position();
        if (kept == 0) {
            int length = header.read(in, in.position(), streams);
            if (length == ChunkHeader.INCOMPLETE) {
                cutHeader.put(in);
                return false;
            }
            in.position(in.position() + length);
            return true;
        }
        int added = Math.min(in.remaining(), cutHeader.remaining());
        cutHeader.put(kept, in, in.position(), added);
        cutHeader.limit(kept + added);
        int length = header.read(cutHeader, 0, streams);
        cutHeader.clear();
        if (length == ChunkHeader.INCOMPLETE) {
            in.position(in.position() + added);
            cutHeader.position(kept + added);
            return false;
        }
        if (length < kept) {
            mistaken = ByteBuffer.wrap(Arrays.copyOfRange(cutHeader.array(), length, kept));
        } else {
            in.position(in.position() + length - kept);
        }
        return true;
    }

    private ChunkStream beginChunk() {
        ChunkStream stream = findOrOpen(header.chunkStreamId);
        if (stream.isReceiving() && header.format != 3) {
            // §5.3.1.2 knows no new header within a message: the sender has given the old one up.
            abandon(stream);
        }
        if (!stream.isReceiving()) {
            int length = stream.lengthOf(header);
            if (length > limits.messageBytes()) {
                throw limit("message of " + length + " bytes, at most " + limits.messageBytes() + " are allowed");
            }
            stream.begin(header);
        }
        chunkRemaining = Math.min(chunkSize, stream.missingBytes());
        return stream;
    }

    private void receive(ChunkStream stream, ByteBuffer in) {
        int count = Math.min(chunkRemaining, in.remaining());
        if (count == 0) {
            return;
        }
        int capacity =
                stream.capacityFor(count, Math.max(longestBytes, Math.min(in.remaining(), stream.missingBytes())));
        int growth = capacity - stream.heldBytes();
        if (growth > limits.unfinishedBytes() - unfinishedBytes) {
            throw limit("unfinished messages of more than " + limits.unfinishedBytes() + " bytes");
        }
        unfinishedBytes += growth;
        stream.grow(capacity);
        stream.receive(in, count);
        chunkRemaining -= count;
    }

    private void deliver(ChunkStream stream, RtmpMessageSink sink) {
        unfinishedBytes -= stream.heldBytes();
        RawMessage message = stream.complete();
        longestBytes = Math.max(longestBytes, message.payload().length());
        switch (message.typeId()) {
            case RawMessage.SET_CHUNK_SIZE -> setChunkSize(message.payload());
            case RawMessage.ABORT -> abort(message.payload());
            default -> sink.onMessage(message);
        }
    }

    /** §5.4.1: 31 bits. Large values are harmless, because memory follows the bytes that arrive. */
    private void setChunkSize(Bytes payload) {
        if (payload.length() < 4 || payload.i32(0) <= 0) {
            throw ProtocolException.malformed(Scope.CONNECTION, WHERE, "chunk size in " + payload);
        }
        chunkSize = payload.i32(0);
    }

    private void abort(Bytes payload) {
        ChunkStream stream = payload.length() < 4 ? null : streams.find(payload.i32(0));
        if (stream != null && stream.isReceiving()) {
            abandon(stream);
        }
    }

    private void abandon(ChunkStream stream) {
        unfinishedBytes -= stream.heldBytes();
        stream.abandon();
        abandonedMessages++;
    }

    private ChunkStream findOrOpen(int id) {
        ChunkStream known = streams.find(id);
        if (known != null) {
            return known;
        }
        if (streams.count() == limits.chunkStreams()) {
            throw limit("more than " + limits.chunkStreams() + " chunk streams");
        }
        return streams.open(id);
    }

    private static ProtocolException limit(String what) {
        return ProtocolException.limit(Scope.CONNECTION, WHERE, what);
    }
}
