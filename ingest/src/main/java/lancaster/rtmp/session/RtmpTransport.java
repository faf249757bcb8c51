package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import lancaster.rtmp.play.ChunkSink;

/** The socket under a connection, on the connection's loop. After {@link #close} nothing has an effect. */
public interface RtmpTransport extends ChunkSink {
    /** Hands {@code writer} a big-endian buffer with room for {@code maxBytes}; what it fills is queued. */
    void write(int maxBytes, Consumer<ByteBuffer> writer);

    /** Queues what remains in {@code shared}, which others send too and nobody changes any more. */
    default void write(ByteBuffer shared) {
        write(shared.remaining(), out -> out.put(shared));
    }

    /** Sends what is queued and then ends our direction, so that the peer reads all of it before it sees the end. */
    void finish();
}
