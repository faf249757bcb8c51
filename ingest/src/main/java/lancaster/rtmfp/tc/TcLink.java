package lancaster.rtmfp.tc;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.RecvFlowListener;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.session.Session;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessages;
import lancaster.rtmp.play.Viewer;
import lancaster.rtmp.play.Viewing;
import lancaster.rtmp.session.ServerLink;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;

/**
 * A connection's messages over the flows of a session, in both directions (RFC 7425 §5.1 to §5.3): what flows they come
 * and go in, barriers, pings and keepalive. Client and server share it. Owner: the loop of the endpoint.
 */
final class TcLink implements ServerLink {
    /** Flows of a stream that a far end may open: Flash opens three. */
    private static final int MAX_RECV_FLOWS = 64;
    /** Message streams that we send on. */
    private static final int MAX_STREAMS = 64;
    /** Of a flow, however many there are. */
    private static final int MIN_BUFFER_BYTES = 64 << 10;

    private final Session session;
    private final TcSettings settings;
    private final RunLoop loop;
    private final Owner owner;
    private final SharedMessages shared;
    private final FlowSync sync = new FlowSync();
    private final Map<Integer, StreamFlows> streams = new HashMap<>();
    private final Set<FlowViewer> viewers = new LinkedHashSet<>();
    private final Set<RecvFlow> received = new LinkedHashSet<>();

    private Consumer<RtmpMessage> messages = message -> {};
    private Visitor visitor = Visitor.NONE;
    private Predicate<Command> calls = call -> false;
    private ChunkLimits limits = ChunkLimits.COMMANDS;
    private @Nullable SendFlow control;
    private @Nullable RecvFlow farControl;

    /** Whose connection it is. */
    interface Owner {
        /** A message has come, of so many bytes. */
        void onReceived(int bytes);

        /** A message was dropped. */
        void onFault(ProtocolException fault);

        /** What ends the connection. */
        void onFailure(ProtocolException fault);

        /** Some of what was written has arrived. */
        void onWritable();

        /** How often to ask after peers (RFC 7425 §5.3.4). */
        default void onPeerKeepalive(Duration period) {}
    }

    TcLink(Session session, TcSettings settings, RunLoop loop, SharedMessages shared, Owner owner) {
        this.session = session;
        this.settings = settings;
        this.loop = loop;
        this.owner = owner;
        this.shared = shared;
    }

    /** Our own control flow is this one. */
    void control(SendFlow flow) {
        control = flow;
    }

    /** The far end's control flow; {@code over} runs when it ends, and with it the connection (RFC 7425 §5.1). */
    void acceptControl(RecvFlow flow, Runnable over) {
        farControl = flow;
        accept(flow, 0, over);
    }

    boolean hasFarControl() {
        return farControl != null;
    }

    /** Whether {@code flow} answers one of ours, as those of a connection do (RFC 7425 §5.1). */
    boolean isOurs(RecvFlow flow) {
        return flow.associatedFlow().isPresent();
    }

    /** The flow with which a peer asks for a stream is all the connection there is; {@code over} runs when it ends. */
    void acceptAsking(RecvFlow flow, FlowMetadata metadata, Runnable over) {
        farControl = flow;
        accept(flow, metadata, over);
    }

    /** Takes a flow of this stream, or rejects it where there are too many. */
    void accept(RecvFlow flow, FlowMetadata metadata) {
        accept(flow, metadata, () -> {});
    }

    /** As {@link #accept(RecvFlow, FlowMetadata)}; {@code over} runs when the far end has closed it. */
    void accept(RecvFlow flow, FlowMetadata metadata, Runnable over) {
        if (received.size() >= MAX_RECV_FLOWS) {
            flow.reject(0);
            return;
        }
        accept(flow, metadata.messageStreamId(), over);
    }

    private void accept(RecvFlow flow, int messageStreamId, Runnable over) {
        received.add(flow);
        shareBuffers();
        PictureGuard guard = new PictureGuard();
        flow.accept(new RecvFlowListener() {
            @Override
            public void onMessage(Bytes message) {
                receive(flow, guard, messageStreamId, message);
            }

            @Override
            public void onGap() {
                guard.onGap();
            }

            @Override
            public void onComplete() {
                forget(flow);
                over.run();
            }

            @Override
            public void onSessionEnd() {
                forget(flow);
            }
        });
    }

    private void forget(RecvFlow flow) {
        received.remove(flow);
        sync.onEnd(flow);
        shareBuffers();
    }

    /** What may wait for its missing parts is bounded for all flows together, as it is for chunk streams. */
    private void shareBuffers() {
        int share = limits.unfinishedBytes() / Math.max(1, received.size());
        int bytes = Math.max(MIN_BUFFER_BYTES, Math.min(limits.messageBytes(), share));
        received.forEach(flow -> flow.bufferCapacity(bytes));
    }

    private void receive(RecvFlow flow, PictureGuard guard, int messageStreamId, Bytes bytes) {
        owner.onReceived(bytes.length());
        try {
            RawMessage raw = TcMessage.read(bytes, messageStreamId).orElse(null);
            if (raw != null
                    && raw.typeId() != RawMessage.SET_CHUNK_SIZE
                    && raw.typeId() != RawMessage.ABORT
                    && guard.admits(raw)) {
                receive(flow, RtmpMessages.read(raw));
            }
        } catch (ProtocolException e) {
            if (e.scope() == ProtocolException.Scope.MESSAGE) {
                owner.onFault(e);
            } else {
                owner.onFailure(e);
            }
        }
    }

    private void receive(RecvFlow flow, RtmpMessage message) {
        if (!(message instanceof UserControl event)) {
            messages.accept(message);
            return;
        }
        switch (event.event()) {
            case UserControl.PING_REQUEST -> send(new UserControl(UserControl.PING_RESPONSE, event.data()));
            case TcUserControl.FLOW_SYNC -> sync.onMarker(flow, event.data());
            case TcUserControl.SET_KEEPALIVE_TIMERS -> keepalive(event);
            default -> messages.accept(message);
        }
    }

    /** Only who opened the session is told how often to ask after the other. */
    private void keepalive(UserControl event) {
        if (session.isInitiator()) {
            session.keepalive(TcUserControl.serverKeepalive(event));
            owner.onPeerKeepalive(TcUserControl.peerKeepalive(event));
        }
    }

    @Override
    public void deliverTo(Consumer<RtmpMessage> taker) {
        messages = taker;
    }

    @Override
    public void greet() {
        send(TcUserControl.keepaliveTimers(settings.serverKeepalive(), settings.peerKeepalive()));
    }

    @Override
    public void limit(ChunkLimits newLimits) {
        limits = newLimits;
        shareBuffers();
    }

    @Override
    public void send(RtmpMessage message) {
        if (isOfChunks(message)) {
            return;
        }
        RawMessage raw = RtmpMessages.write(message);
        Bytes bytes = TcMessage.write(raw);
        if (raw.messageStreamId() == 0) {
            if (control != null) {
                control.write(bytes);
            }
        } else {
            send(raw, bytes);
        }
    }

    /**
     * On a message stream.
     *
     * @param bytes {@code raw} as flows carry it, which others may send too
     */
    void send(RawMessage raw, Bytes bytes) {
        onStream(raw.messageStreamId(), flows -> flows.write(raw, bytes, loop.nowNs()));
    }

    /** Does something with the flows of a stream; they answer the far end's control flow, without which there are none. */
    void onStream(int messageStreamId, Consumer<StreamFlows> action) {
        if (farControl == null) {
            return;
        }
        StreamFlows known = streams.get(messageStreamId);
        if (known == null && streams.size() < MAX_STREAMS) {
            known = new StreamFlows(settings, priority -> open(messageStreamId, priority));
            streams.put(messageStreamId, known);
        }
        if (known != null) {
            action.accept(known);
        }
    }

    @Override
    public Viewer viewer(Viewing viewing) {
        FlowViewer made = new FlowViewer(viewing, this, shared);
        viewers.add(made);
        return made;
    }

    /** Whose connection it is, on a server, and who answers what such clients call. */
    void visitor(Visitor client, Predicate<Command> itsCalls) {
        visitor = client;
        calls = itsCalls;
    }

    @Override
    public Optional<String> refusal(List<String> keys) {
        return visitor.refusal(keys);
    }

    @Override
    public boolean peerInfo(List<String> addresses) {
        return visitor.report(addresses);
    }

    @Override
    public boolean call(Command command) {
        return calls.test(command);
    }

    void forget(FlowViewer viewer) {
        viewers.remove(viewer);
    }

    /** The far end takes nothing. */
    void giveUp() {
        session.close();
    }

    /** What a stream is sent in ends once all of it has arrived. */
    void closeStream(int messageStreamId) {
        StreamFlows known = streams.remove(messageStreamId);
        if (known != null) {
            known.close();
        }
    }

    private SendFlow open(int messageStreamId, Priority priority) {
        return session.openReturnFlow(
                Objects.requireNonNull(farControl),
                FlowMetadata.of(messageStreamId).bytes(),
                priority,
                new SendFlowListener() {
                    @Override
                    public void onWritable() {
                        owner.onWritable();
                        List.copyOf(viewers).forEach(FlowViewer::onWritable);
                    }
                });
    }

    /** Chunks, windows and acknowledgements are RTMFP's own affair (RFC 7425 §5.3.2). */
    private static boolean isOfChunks(RtmpMessage message) {
        return message instanceof RtmpMessage.SetChunkSize
                || message instanceof RtmpMessage.Acknowledgement
                || message instanceof RtmpMessage.WindowAckSize
                || message instanceof RtmpMessage.SetPeerBandwidth;
    }

    @Override
    public void flush() {
        // The endpoint sends what is written at the end of the turn.
    }

    /** Not yet acknowledged. */
    long bufferedBytes() {
        long bytes = control == null ? 0 : control.bufferedBytes();
        for (StreamFlows flows : streams.values()) {
            bytes += flows.bufferedBytes();
        }
        return bytes;
    }

    long nowNs() {
        return loop.nowNs();
    }

    /** Of a stream: pictures that came too late and were given up. */
    long lateMessages(int messageStreamId) {
        StreamFlows known = streams.get(messageStreamId);
        return known == null ? 0 : known.droppedMessages();
    }

    /** Ends all flows once what was written has arrived. */
    void close() {
        streams.values().forEach(StreamFlows::close);
        if (control != null) {
            control.close();
        }
    }
}
