package lancaster.rtmfp.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.flow.FlowHost;
import lancaster.rtmfp.flow.InFlight;
import lancaster.rtmfp.flow.IncomingFlow;
import lancaster.rtmfp.flow.OutgoingFlow;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.FlowData;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PacketCursor;
import lancaster.rtmfp.packet.UserData;

/** The flows of a session by their identifiers, and how new ones begin (RFC 7016 §3.6.2.1, §3.6.3.1). */
final class SessionFlows {
    /** As Flash Player's first one. */
    private static final long FIRST_FLOW_ID = 2;

    private final FlowHost host;
    private final Map<Long, OutgoingFlow> sending = new HashMap<>();
    private final Map<Long, IncomingFlow> receiving = new HashMap<>();
    private long nextFlowId = FIRST_FLOW_ID;

    SessionFlows(FlowHost host) {
        this.host = host;
    }

    OutgoingFlow open(
            InFlight inFlight,
            Bytes metadata,
            Optional<RecvFlow> inReturnTo,
            Priority priority,
            SendFlowListener listener,
            boolean sessionOpen) {
        if (metadata.length() > host.limits().metadataBytes()) {
            throw new IllegalArgumentException("metadata of " + metadata.length() + " bytes");
        }
        if (sending.size() >= host.limits().sendFlows()) {
            throw new IllegalStateException("a session has no more than " + sending.size() + " sending flows");
        }
        OutgoingFlow flow = new OutgoingFlow(host, inFlight, nextFlowId++, metadata, inReturnTo, priority, listener);
        if (sessionOpen) {
            sending.put(flow.id(), flow);
        } else {
            flow.bearClosed();
        }
        return flow;
    }

    Optional<OutgoingFlow> sending(long id) {
        return Optional.ofNullable(sending.get(id));
    }

    Optional<IncomingFlow> receiving(long id) {
        return Optional.ofNullable(receiving.get(id));
    }

    /** The flow that {@code first} begins, or nothing if there are too many: then it is as if the chunk had got lost. */
    Optional<IncomingFlow> begin(FlowData first, Optional<SessionListener> listener) {
        if (receiving.size() >= host.limits().recvFlows()) {
            return Optional.empty();
        }
        OptionList options = first.options();
        Optional<Bytes> metadata = options.value(UserData.USER_METADATA)
                .filter(value -> value.length() <= host.limits().metadataBytes());
        Optional<Bytes> association = options.value(UserData.RETURN_FLOW_ASSOCIATION);
        Optional<SendFlow> associated =
                association.flatMap(SessionFlows::flowId).flatMap(this::sending).map(flow -> flow);
        boolean acceptable = metadata.isPresent()
                && (association.isEmpty() || associated.filter(SendFlow::isOpen).isPresent());
        // In an array of its own: it lives as long as the flow.
        Bytes kept = Bytes.wrap(metadata.orElse(Bytes.EMPTY).toArray());
        IncomingFlow flow = new IncomingFlow(host, first.flowId(), kept, associated);
        receiving.put(flow.id(), flow);
        if (acceptable) {
            listener.ifPresent(to -> to.onFlow(flow));
        }
        if (!flow.isAccepted()) {
            flow.reject(0);
        }
        return Optional.of(flow);
    }

    void remove(OutgoingFlow flow) {
        sending.remove(flow.id());
    }

    void remove(IncomingFlow flow) {
        receiving.remove(flow.id());
    }

    /** Whether there is one that is not completed. */
    boolean anyOpen() {
        return sending.values().stream().anyMatch(OutgoingFlow::isLive)
                || receiving.values().stream().anyMatch(IncomingFlow::isOpen);
    }

    /** Ends all flows: they only exist in open sessions (RFC 7016 §3.5.5). */
    void end() {
        List<OutgoingFlow> outgoing = new ArrayList<>(sending.values());
        List<IncomingFlow> incoming = new ArrayList<>(receiving.values());
        sending.clear();
        receiving.clear();
        outgoing.forEach(OutgoingFlow::onSessionEnd);
        incoming.forEach(IncomingFlow::onSessionEnd);
    }

    private static Optional<Long> flowId(Bytes value) {
        try {
            return Optional.of(new PacketCursor(value).vlu());
        } catch (MalformedPacketException malformed) {
            return Optional.empty();
        }
    }
}
