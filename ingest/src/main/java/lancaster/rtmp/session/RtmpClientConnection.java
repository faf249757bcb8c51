package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import lancaster.bytes.ProtocolException;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.handshake.ClientHandshake;
import lancaster.rtmp.message.RtmpMessage;
import org.jspecify.annotations.Nullable;

/** A client's connection over a byte stream: the handshake, then chunks (§5.2, §5.3). Owner: the connection's loop. */
public final class RtmpClientConnection implements ClientLink {
    private final RtmpTransport transport;
    private final ClientHandshake handshake;
    private final ChunkLink chunks;
    private @Nullable ClientEnd end;
    private @Nullable Runnable ready;
    private boolean shaken;

    public RtmpClientConnection(RtmpTransport transport, RandomGenerator random) {
        this.transport = transport;
        this.handshake = new ClientHandshake(random, true);
        // What waits in the transport is our own: what the peer leaves unread isn't bounded here.
        this.chunks = new ChunkLink(transport, Long.MAX_VALUE, ChunkLimits.COMMANDS, fault -> {});
    }

    @Override
    public void attach(ClientEnd itsEnd) {
        end = itsEnd;
    }

    @Override
    public void deliverTo(Consumer<RtmpMessage> taker) {
        chunks.deliverTo(taker);
    }

    @Override
    public void open(Runnable whenReady) {
        ready = whenReady;
        handshake.begin(transport::write);
        transport.flush();
    }

    /** The transport is connected. */
    public void onConnected() {
        if (end != null) {
            end.onConnected();
        }
    }

    /** Takes all that remains in {@code in}, as it came from the socket. */
    public void onBytes(ByteBuffer in) {
        if (ready == null) {
            return;
        }
        try {
            if (!shaken && handshake.onBytes(in, transport::write)) {
                shaken = true;
                ready.run();
            }
            if (shaken) {
                chunks.onBytes(in);
            }
            transport.flush();
        } catch (ProtocolException e) {
            if (end != null) {
                end.onFault(String.valueOf(e.getMessage()));
            }
        }
    }

    /** The socket takes more again. */
    public void onWritable() {
        if (end != null) {
            end.onWritable();
        }
    }

    /** The socket is closed. */
    public void onClosed(String why) {
        if (end != null) {
            end.onClosed(why);
        }
    }

    @Override
    public void greet() {
        chunks.greet();
    }

    @Override
    public void limit(ChunkLimits limits) {
        chunks.limit(limits);
    }

    @Override
    public void send(RtmpMessage message) {
        chunks.send(message);
    }

    @Override
    public void send(MediaBatch batch, int messageStreamId) {
        transport.write(batch.chunks(messageStreamId));
    }

    @Override
    public void flush() {
        chunks.flush();
    }

    @Override
    public long pendingBytes() {
        return transport.pendingBytes();
    }

    @Override
    public void finish() {
        transport.finish();
    }

    @Override
    public void close() {
        transport.close();
    }
}
