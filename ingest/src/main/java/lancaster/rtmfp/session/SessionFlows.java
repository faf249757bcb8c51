package lancaster.rtmfp.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.flow.BufferBudget;
import lancaster.rtmfp.flow.FlowHost;
import lancaster.rtmfp.flow.FlowLimits;
import lancaster.rtmfp.flow.IncomingFlow;
import lancaster.rtmfp.flow.OutgoingFlow;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.BufferProbe;
import lancaster.rtmfp.packet.FlowData;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PacketCursor;
import lancaster.rtmfp.packet.UserData;
import lancaster.runloop.RunLoop;

/** The flows of a session by their identifiers, how new ones begin (RFC 7016 §3.6.2.1, §3.6.3.1), and what they ask for. */
final class SessionFlows implements FlowHost {
    /** As Flash Player's first one. */
    private static final long FIRST_FLOW_ID = 2;

    private final EndpointContext context;
    private final RttEstimator rtt;
    private final SessionSender sender;
    private final SessionLiveness liveness;
    private final BufferBudget receiveBudget;
    private final Map<Long, OutgoingFlow> sending = new HashMap<>();
    private final Map<Long, IncomingFlow> receiving = new HashMap<>();
    private long nextFlowId = FIRST_FLOW_ID;

    private boolean open = true;

    SessionFlows(EndpointContext context, RttEstimator rtt, SessionSender sender, SessionLiveness liveness) {
        this.context = context;
        this.rtt = rtt;
        this.sender = sender;
        this.liveness = liveness;
        this.receiveBudget = context.receiveBudget().share(context.settings().sessionBufferBytes());
    }

    SendFlow open(Bytes metadata, Optional<RecvFlow> inReturnTo, Priority priority, SendFlowListener listener) {
        if (metadata.length() > limits().metadataBytes()) {
            throw new IllegalArgumentException("metadata of " + metadata.length() + " bytes");
        }
        if (sending.size() >= limits().sendFlows()) {
            throw new IllegalStateException("a session has no more than " + sending.size() + " sending flows");
        }
        OutgoingFlow flow =
                new OutgoingFlow(this, sender.inFlight(), nextFlowId++, metadata, inReturnTo, priority, listener);
        if (open) {
            sending.put(flow.id(), flow);
            changed();
        } else {
            flow.bearClosed();
        }
        return flow;
    }

    int sendFlows() {
        return sending.size();
    }

    int recvFlows() {
        return receiving.size();
    }

    Optional<OutgoingFlow> sending(long id) {
        return Optional.ofNullable(sending.get(id));
    }

    Optional<IncomingFlow> receiving(long id) {
        return Optional.ofNullable(receiving.get(id));
    }

    /** The flow that {@code first} begins, or nothing if there are too many: then it is as if the chunk had got lost. */
    Optional<IncomingFlow> begin(FlowData first, Optional<SessionListener> listener) {
        if (receiving.size() >= limits().recvFlows()) {
            return Optional.empty();
        }
        OptionList options = first.options();
        Optional<Bytes> metadata =
                options.value(UserData.USER_METADATA).filter(value -> value.length() <= limits().metadataBytes());
        Optional<Bytes> association = options.value(UserData.RETURN_FLOW_ASSOCIATION);
        Optional<SendFlow> associated =
                association.flatMap(SessionFlows::flowId).flatMap(this::sending).map(flow -> flow);
        boolean acceptable = metadata.isPresent()
                && (association.isEmpty() || associated.filter(SendFlow::isOpen).isPresent());
        // In an array of its own: it lives as long as the flow.
        Bytes kept = Bytes.wrap(metadata.orElse(Bytes.EMPTY).toArray());
        IncomingFlow flow = new IncomingFlow(this, first.flowId(), kept, associated);
        receiving.put(flow.id(), flow);
        if (acceptable) {
            listener.ifPresent(to -> to.onFlow(flow));
        }
        if (!flow.isAccepted()) {
            flow.reject(0);
        }
        return Optional.of(flow);
    }

    /** A flow began, was completed or was rejected. */
    void changed() {
        if (open) {
            liveness.hasFlows(anyOpen());
        }
    }

    private boolean anyOpen() {
        return sending.values().stream().anyMatch(OutgoingFlow::isLive)
                || receiving.values().stream().anyMatch(IncomingFlow::isOpen);
    }

    /** Ends all flows: they only exist in open sessions (RFC 7016 §3.5.5). */
    void end() {
        open = false;
        List<OutgoingFlow> outgoing = new ArrayList<>(sending.values());
        List<IncomingFlow> incoming = new ArrayList<>(receiving.values());
        sending.clear();
        receiving.clear();
        outgoing.forEach(OutgoingFlow::onSessionEnd);
        incoming.forEach(IncomingFlow::onSessionEnd);
    }

    @Override
    public RunLoop loop() {
        return context.loop();
    }

    @Override
    public FlowLimits limits() {
        return context.settings().flows();
    }

    @Override
    public BufferBudget receiveBudget() {
        return receiveBudget;
    }

    @Override
    public int packetLimitBytes() {
        return context.settings().packetLimitBytes();
    }

    @Override
    public long retransmissionTimeoutNs() {
        return rtt.retransmissionTimeoutNs();
    }

    @Override
    public void wantsToSend(OutgoingFlow flow) {
        sender.wantsToSend(flow);
    }

    @Override
    public void probe(OutgoingFlow flow) {
        if (open) {
            sender.send(new BufferProbe(flow.id()));
        }
    }

    @Override
    public void wantsToAcknowledge(IncomingFlow flow, boolean now) {
        if (open) {
            sender.acks().add(flow, now);
            if (now) {
                sender.wake();
            }
        }
    }

    @Override
    public void ended(OutgoingFlow flow) {
        sending.remove(flow.id());
        sender.remove(flow);
        changed();
    }

    @Override
    public void ended(IncomingFlow flow) {
        receiving.remove(flow.id());
        sender.acks().remove(flow);
        changed();
    }

    private static Optional<Long> flowId(Bytes value) {
        try {
            return Optional.of(new PacketCursor(value).vlu());
        } catch (MalformedPacketException malformed) {
            return Optional.empty();
        }
    }
}
