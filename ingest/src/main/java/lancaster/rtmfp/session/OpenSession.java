package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.Ping;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.rtmfp.packet.SessionCloseAcknowledgement;
import lancaster.rtmfp.packet.SessionCloseRequest;
import lancaster.runloop.Alarm;

/** A session from the state OPEN on (RFC 7016 §3.5): what it is, how it ends, and who does what in between. */
final class OpenSession implements Session, SessionLiveness.Verdict {
    private final EndpointContext context;
    private final SessionParameters parameters;
    private final SessionOwner owner;
    private final SessionCounters counters = new SessionCounters();
    private final RttEstimator rtt = new RttEstimator();
    private final SessionLiveness liveness;
    private final SessionSender sender;
    private final SessionFlows flows;
    private final SessionReceiver receiver;
    private final Pings pings = new Pings();
    private final Mobility mobility;
    private final Alarm closing;
    private SessionState state = SessionState.OPEN;
    private Optional<SessionListener> listener = Optional.empty();
    private long closingSinceNs;

    OpenSession(EndpointContext context, SessionParameters parameters, SessionOwner owner) {
        this.context = context;
        this.parameters = parameters;
        this.owner = owner;
        this.liveness = new SessionLiveness(context, this);
        this.sender = new SessionSender(context, parameters, rtt, counters, liveness, this);
        this.flows = new SessionFlows(context, rtt, sender, liveness);
        this.receiver = new SessionReceiver(context.loop(), this, flows, sender, rtt, liveness, counters);
        this.mobility = new Mobility(context.proof(), parameters.nearSessionId());
        this.closing = new Alarm(context.loop(), this::onClosingAlarm);
    }

    long nearSessionId() {
        return parameters.nearSessionId();
    }

    PacketCipher cipher() {
        return parameters.keys().cipher();
    }

    /** How the far end marks its packets. */
    Mode farMode() {
        return parameters.mode().other();
    }

    /** An authentic packet of the far end. */
    void onPacket(Bytes plain, int datagramBytes, InetSocketAddress from) {
        receiver.onPacket(plain, datagramBytes, from);
    }

    void onUnauthenticPacket() {
        counters.droppedPackets++;
    }

    @Override
    public SessionState state() {
        return state;
    }

    @Override
    public boolean isInitiator() {
        return parameters.mode() == Mode.INITIATOR;
    }

    @Override
    public InetSocketAddress farAddress() {
        return sender.farAddress();
    }

    @Override
    public FarCertificate farCertificate() {
        return parameters.farCertificate();
    }

    @Override
    public Bytes nearNonce() {
        return parameters.keys().nearNonce();
    }

    @Override
    public Bytes farNonce() {
        return parameters.keys().farNonce();
    }

    @Override
    public void listener(SessionListener to) {
        listener = Optional.of(to);
    }

    Optional<SessionListener> listener() {
        return listener;
    }

    @Override
    public SendFlow openFlow(Bytes metadata, Priority priority, SendFlowListener to) {
        return flows.open(metadata, Optional.empty(), priority, to);
    }

    @Override
    public SendFlow openReturnFlow(RecvFlow inReturnTo, Bytes metadata, Priority priority, SendFlowListener to) {
        return flows.open(metadata, Optional.of(inReturnTo), priority, to);
    }

    @Override
    public void forward(ForwardedInitiatorHello hello) {
        if (state == SessionState.OPEN) {
            sender.send(hello);
        }
    }

    @Override
    public void ping(Runnable onReply) {
        if (state == SessionState.OPEN) {
            liveness.asked(context.loop().nowNs());
            sender.send(new Ping(pings.message(onReply)));
        }
    }

    @Override
    public void keepalive(Duration period) {
        if (state == SessionState.OPEN) {
            liveness.keepalive(period);
        }
    }

    @Override
    public Duration roundTripTime() {
        return Duration.ofNanos(rtt.smoothedNs());
    }

    @Override
    public SessionStats stats() {
        return counters.stats(rtt, sender.inFlight().bytes(), sender.windowBytes(), flows);
    }

    @Override
    public void close() {
        close(CloseReason.NEAR_CLOSED);
    }

    void close(CloseReason reason) {
        if (state == SessionState.OPEN) {
            sender.send(new SessionCloseRequest());
            closingSinceNs = context.loop().nowNs();
            closing.setIn(RtmfpParameters.CLOSE_RETRANSMIT_NS);
            leaveOpen(SessionState.NEARCLOSE, reason);
        }
    }

    @Override
    public void abort() {
        abort(CloseReason.NEAR_CLOSED);
    }

    void abort(CloseReason reason) {
        if (state == SessionState.OPEN) {
            sender.send(new SessionCloseAcknowledgement());
            leaveOpen(SessionState.CLOSED, reason);
        } else if (state != SessionState.CLOSED) {
            end();
        }
    }

    /** The same identity has a new session in place of this one: nobody is there to be told. */
    void override() {
        if (state == SessionState.OPEN) {
            leaveOpen(SessionState.CLOSED, CloseReason.OVERRIDDEN);
        } else if (state != SessionState.CLOSED) {
            end();
        }
    }

    /** Another identity has proven to be at the far end's address, which may be gone (RFC 7016 §3.5.1.3). */
    void doubt() {
        if (state == SessionState.OPEN) {
            liveness.doubt();
        }
    }

    /** RFC 7016 §3.5.5. */
    void onCloseRequest() {
        if (state == SessionState.CLOSED) {
            return;
        }
        sender.send(new SessionCloseAcknowledgement());
        if (state == SessionState.OPEN) {
            closingSinceNs = context.loop().nowNs();
            closing.setIn(RtmfpParameters.FARCLOSE_LINGER_NS);
            leaveOpen(SessionState.FARCLOSE_LINGER, CloseReason.FAR_CLOSED);
        }
    }

    /** RFC 7016 §3.5.5. */
    void onCloseAcknowledgement() {
        if (state == SessionState.OPEN) {
            leaveOpen(SessionState.CLOSED, CloseReason.FAR_ABORTED);
        } else if (state != SessionState.CLOSED) {
            end();
        }
    }

    void onPingReply(Bytes message, InetSocketAddress from) {
        liveness.answered();
        pings.answered(message).ifPresent(Runnable::run);
        InetSocketAddress before = farAddress();
        if (state == SessionState.OPEN
                && !from.equals(before)
                && mobility.isProof(message, from, context.loop().nowNs())) {
            sender.farAddress(from);
            owner.onMoved(this, before, from);
            listener.ifPresent(to -> to.onAddressChanged(before, from));
        }
    }

    void onForwardedHello(ForwardedInitiatorHello hello) {
        owner.onForwardedHello(this, hello);
    }

    /** A packet was worked on that came from here: is this where the far end is now? */
    void checkAddress(InetSocketAddress from) {
        if (state == SessionState.OPEN && !from.equals(farAddress())) {
            mobility.challenge(from, context.loop().nowNs())
                    .ifPresent(message -> sender.sendTo(from, new Ping(message)));
        }
    }

    private void leaveOpen(SessionState next, CloseReason reason) {
        state = state.become(next);
        liveness.stop();
        sender.stop();
        flows.end();
        listener.ifPresent(to -> to.onClosed(reason));
        if (next == SessionState.CLOSED) {
            owner.onEnded(this);
        }
    }

    private void end() {
        state = state.become(SessionState.CLOSED);
        closing.stop();
        owner.onEnded(this);
    }

    private void onClosingAlarm() {
        boolean over = context.loop().nowNs() - closingSinceNs >= RtmfpParameters.NEARCLOSE_NS;
        if (state == SessionState.FARCLOSE_LINGER || over) {
            end();
        } else {
            sender.send(new SessionCloseRequest());
            closing.setIn(RtmfpParameters.CLOSE_RETRANSMIT_NS);
        }
    }

    @Override
    public void ping() {
        sender.send(new Ping(Bytes.EMPTY));
    }

    @Override
    public void end(CloseReason reason) {
        close(reason);
    }
}
