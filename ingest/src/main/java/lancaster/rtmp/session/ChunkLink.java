package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.rtmp.chunk.ChunkDecoder;
import lancaster.rtmp.chunk.ChunkEncoder;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.chunk.RtmpMessageSink;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Acknowledgement;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.SetPeerBandwidth;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.WindowAckSize;
import lancaster.rtmp.message.RtmpMessages;
import lancaster.rtmp.play.ChunkViewer;
import lancaster.rtmp.play.Viewer;
import lancaster.rtmp.play.Viewing;

/**
 * Messages as chunks over a byte stream, once the handshake is done, and what every peer owes the other whatever it does:
 * acknowledgements (§5.4.3) and answers to pings (§7.1.7). Client and server share it.
 */
final class ChunkLink implements ServerLink {
    /** The window that we ask for, and that we acknowledge by until the peer names its own. */
    static final int WINDOW_BYTES = 2_500_000;
    /** A peer that names a smaller window gets no more acknowledgements than for this one. */
    private static final int MIN_WINDOW_BYTES = 16 << 10;
    /** Large enough for every answer of a server to be one chunk. */
    private static final int SERVER_CHUNK_BYTES = 4096;

    private final RtmpTransport transport;
    private final long maxPendingBytes;
    private final ChunkDecoder decoder;
    private final ChunkEncoder encoder = new ChunkEncoder();
    private final Consumer<ProtocolException> faults;
    private final RtmpMessageSink sink = this::onMessage;
    private Consumer<RtmpMessage> messages = message -> {};

    /** Whether something has been played, for which chunks are larger. */
    private boolean plays;

    private long receivedBytes;
    private long acknowledgedBytes;
    private long windowBytes = WINDOW_BYTES;

    /**
     * @param maxPendingBytes a peer that makes us write and doesn't read is given up here
     * @param faults is told of each message that was dropped
     */
    ChunkLink(RtmpTransport transport, long maxPendingBytes, ChunkLimits limits, Consumer<ProtocolException> faults) {
        this.transport = transport;
        this.maxPendingBytes = maxPendingBytes;
        this.decoder = new ChunkDecoder(limits);
        this.faults = faults;
    }

    @Override
    public void deliverTo(Consumer<RtmpMessage> taker) {
        messages = taker;
    }

    @Override
    public void greet() {
        send(new WindowAckSize(WINDOW_BYTES));
        send(new SetPeerBandwidth(WINDOW_BYTES, SetPeerBandwidth.DYNAMIC));
        send(new SetChunkSize(SERVER_CHUNK_BYTES));
    }

    @Override
    public void limit(ChunkLimits limits) {
        decoder.limit(limits);
    }

    /** @throws ProtocolException of scope CONNECTION */
    void onBytes(ByteBuffer in) {
        receivedBytes += in.remaining();
        decoder.decode(in, sink);
        // Half a window, because a sender that waits at the full one must not have to wait.
        if (receivedBytes - acknowledgedBytes >= windowBytes / 2) {
            acknowledgedBytes = receivedBytes;
            send(new Acknowledgement(receivedBytes & 0xFFFF_FFFFL));
        }
        if (transport.pendingBytes() > maxPendingBytes) {
            throw ProtocolException.limit(
                    Scope.CONNECTION, "rtmp session", "the peer leaves more than " + maxPendingBytes + " bytes unread");
        }
    }

    private void onMessage(RawMessage raw) {
        try {
            RtmpMessage message = RtmpMessages.read(raw);
            if (message instanceof WindowAckSize window) {
                windowBytes = Math.max(MIN_WINDOW_BYTES, window.bytes());
            } else if (message instanceof UserControl control && control.event() == UserControl.PING_REQUEST) {
                send(new UserControl(UserControl.PING_RESPONSE, control.data()));
            } else {
                messages.accept(message);
            }
        } catch (ProtocolException e) {
            if (e.scope() != Scope.MESSAGE) {
                throw e;
            }
            faults.accept(e);
        }
    }

    @Override
    public void send(RtmpMessage message) {
        RawMessage raw = RtmpMessages.write(message);
        transport.write(encoder.maxBytes(raw), out -> encoder.encode(RtmpMessages.chunkStreamId(raw), raw, out));
    }

    @Override
    public Viewer viewer(Viewing viewing) {
        if (!plays) {
            plays = true;
            send(new SetChunkSize(ChunkViewer.CHUNK_BYTES));
        }
        return new ChunkViewer(viewing, transport);
    }

    /** Messages whose end never came. */
    long abandonedMessages() {
        return decoder.abandonedMessages();
    }

    @Override
    public void flush() {
        transport.flush();
    }
}
