package lancaster.rtmfp.tc;

import java.net.InetSocketAddress;
import java.time.Duration;
import lancaster.bytes.ProtocolException;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;
import lancaster.rtmp.session.Deadline;
import lancaster.rtmp.session.RtmpServerContext;
import lancaster.rtmp.session.RtmpServerCounters.Timeout;
import lancaster.rtmp.session.RtmpServerSession;
import lancaster.stream.EndReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of a session with a client (RFC 7425 §5): the connection that its control flow makes, from the session's
 * first moment to its last. Owner: the loop of the endpoint.
 */
final class TcServerConnection implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(TcServerConnection.class);
    /** How long a client gets to read why it was closed, before the session is closed. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final RtmpServerContext context;
    private final Session session;
    private final Visitor visitor;
    private final TcLink link;
    private final PeerCalls calls;
    private final Deadline deadline;
    private @Nullable RtmpServerSession server;
    private boolean over;

    /** Begins to wait for the client at once. */
    TcServerConnection(
            RtmpServerContext context, TcSettings settings, SharedMessages shared, Session session, Visitor visitor) {
        this.context = context;
        this.session = session;
        this.visitor = visitor;
        this.deadline = new Deadline(context.loop());
        this.link = new TcLink(session, settings, context.loop(), shared, new Carried());
        this.calls = new PeerCalls(visitor, link::send, this::stay);
        context.counters().onAccepted();
        deadline.set(context.settings().connectTimeout(), this::onConnectTimeout);
    }

    @Override
    public void onFlow(RecvFlow flow) {
        FlowMetadata metadata = FlowMetadata.parse(flow.metadata()).orElse(null);
        if (over || metadata == null) {
            flow.reject(0);
        } else if (link.isOurs(flow) || (metadata.messageStreamId() != 0 && link.hasFarControl())) {
            // RFC 7425 §5.1 asks for an association; without one a stream can only be that of the one connection.
            link.accept(flow, metadata);
        } else if (metadata.messageStreamId() == 0 && !link.hasFarControl()) {
            begin(flow);
        } else {
            // A second connection in one session, or a stream before the first.
            flow.reject(0);
        }
    }

    /** The client's control flow is the connection; ours is the answer to it. */
    private void begin(RecvFlow flow) {
        link.visitor(visitor, calls);
        link.acceptControl(flow, this::onClientEnd);
        link.control(session.openReturnFlow(flow, FlowMetadata.CONTROL.bytes(), Priority.FLASH, new SendFlowListener() {
            @Override
            public void onException(long exceptionCode) {
                onClientEnd();
            }
        }));
        server = new RtmpServerSession(context, link, text(session.farAddress()), deadline, this::finish);
    }

    /** The client has something to stay for. */
    private void stay() {
        if (server != null) {
            server.stay();
        }
    }

    /** The connection ends in order, whatever becomes of the session. */
    private void onClientEnd() {
        if (!over) {
            finish();
        }
        endServer();
    }

    @Override
    public void onAddressChanged(InetSocketAddress from, InetSocketAddress to) {
        visitor.moved();
    }

    @Override
    public void onClosed(CloseReason reason) {
        visitor.leave();
        calls.end();
        over = true;
        deadline.cancel();
        endServer();
        context.counters().onClosed();
    }

    private void endServer() {
        if (server != null) {
            server.onClosed();
        }
    }

    private final class Carried implements TcLink.Owner {
        @Override
        public void onReceived(int bytes) {
            context.counters().onReceived(bytes);
        }

        @Override
        public void onFault(ProtocolException fault) {
            context.counters().onFault(fault);
        }

        @Override
        public void onFailure(ProtocolException fault) {
            fail(fault);
        }

        @Override
        public void onWritable() {
            // Answers are short, and players are told by their link.
        }
    }

    private void fail(ProtocolException fault) {
        context.counters().onFault(fault);
        LOG.debug("rtmfp client at fault remote={} fault=\"{}\"", text(session.farAddress()), fault.getMessage());
        if (!over && server != null) {
            server.end(EndReason.CLOSED);
            server.sayClosed(String.valueOf(fault.getMessage()));
            finish();
        }
    }

    private void onConnectTimeout() {
        context.counters().onTimeout(Timeout.CONNECT);
        session.close();
    }

    /** Ends our flows, and the session when the client has had time to read them. */
    private void finish() {
        over = true;
        link.close();
        deadline.set(LINGER, session::close);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
