package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import lancaster.bytes.ProtocolException;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.handshake.ServerHandshake;
import lancaster.stream.EndReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection from first byte to last: handshake, session, end. Half-open connections are many, so that the
 * session and all its buffers are made only for the first bytes behind the handshake.
 */
public final class RtmpServerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RtmpServerConnection.class);
    /** How long a client that goes on sending gets to read why it was closed. */
    private static final Duration LINGER = Duration.ofSeconds(2);
    /**
     * How long one gets that is silent. ffmpeg looks for answers when it has sent ten pictures, and the first of them may
     * take seconds to encode: a socket that is closed by then breaks its pipe before it has read why.
     */
    private static final Duration SILENT_LINGER = Duration.ofSeconds(10);
    /** Silence, after which it sends anew. */
    private static final long PAUSE_NS = Duration.ofSeconds(1).toNanos();
    /** A client that makes us answer and doesn't read is given up here. */
    private static final long MAX_UNREAD_BYTES = 256 << 10;

    private final RtmpServerContext context;
    private final RtmpTransport transport;
    private final Supplier<String> remoteAddress;
    private final Deadline deadline;
    private @Nullable ServerHandshake handshake;
    private @Nullable RtmpServerSession session;
    private @Nullable ChunkLink link;
    /** Nothing is read any more: we have said goodbye, or the socket is gone. */
    private boolean over;

    private long sendsSinceNs;
    private long lastSentNs;

    /** Begins to wait for the client at once. */
    public RtmpServerConnection(RtmpServerContext context, RtmpTransport transport, Supplier<String> remoteAddress) {
        this.context = context;
        this.transport = transport;
        this.remoteAddress = remoteAddress;
        this.deadline = new Deadline(context.loop());
        this.handshake = new ServerHandshake(context.random());
        deadline.set(context.settings().connectTimeout(), this::onConnectTimeout);
        context.loop().lookWithin(0);
    }

    /** Takes all that remains in {@code in}, as it came from the socket. */
    public void onBytes(ByteBuffer in) {
        if (over) {
            in.position(in.limit());
            onBytesBehindTheEnd(context.loop().nowNs());
            return;
        }
        context.counters().onReceived(in.remaining());
        try {
            receive(in);
            if (session == null || !session.isStreaming()) {
                // It waits for our answers.
                context.loop().lookWithin(0);
            }
        } catch (ProtocolException e) {
            context.counters().onFault(e);
            LOG.debug("rtmp client at fault remote={} fault=\"{}\"", remoteAddress.get(), e.getMessage());
            giveUp(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            context.counters().onFailure();
            LOG.error("rtmp connection failed remote={}", remoteAddress.get(), e);
            giveUp("internal error");
        }
        transport.flush();
    }

    /** The socket is closed. */
    public void onClosed() {
        over = true;
        deadline.cancel();
        if (session != null) {
            session.onClosed();
        }
        if (link != null) {
            context.counters().onAbandonedMessages(link.abandonedMessages());
        }
    }

    private void receive(ByteBuffer in) {
        if (handshake != null && handshake.onBytes(in, transport::write)) {
            handshake = null;
        }
        if (handshake != null || !in.hasRemaining()) {
            return;
        }
        if (link == null) {
            link = new ChunkLink(transport, MAX_UNREAD_BYTES, ChunkLimits.COMMANDS, context.counters()::onFault);
            session = new RtmpServerSession(context, link, remoteAddress.get(), deadline, this::finish);
        }
        link.onBytes(in);
    }

    private void onConnectTimeout() {
        context.counters().onTimeout(RtmpServerCounters.Timeout.CONNECT);
        close();
    }

    private void giveUp(String why) {
        if (over) {
            return;
        }
        if (session == null) {
            close();
            return;
        }
        session.end(EndReason.CLOSED);
        session.sayClosed(why);
        finish();
    }

    /** At once, without a word. */
    private void close() {
        over = true;
        deadline.cancel();
        transport.close();
    }

    /** Ends our direction and goes on reading for a while: data that nobody reads would turn our goodbye into a reset. */
    private void finish() {
        over = true;
        sendsSinceNs = context.loop().nowNs();
        lastSentNs = sendsSinceNs;
        transport.finish();
        deadline.set(SILENT_LINGER, transport::close);
    }

    private void onBytesBehindTheEnd(long nowNs) {
        if (nowNs - lastSentNs > PAUSE_NS) {
            sendsSinceNs = nowNs;
        }
        lastSentNs = nowNs;
        if (nowNs - sendsSinceNs >= LINGER.toNanos()) {
            close();
        }
    }
}
