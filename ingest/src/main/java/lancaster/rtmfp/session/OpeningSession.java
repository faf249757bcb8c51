package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.crypto.InitiatorKeying;
import lancaster.rtmfp.crypto.SessionKeys;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.InitiatorInitialKeying;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.RHelloCookieChange;
import lancaster.rtmfp.packet.ResponderInitialKeying;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.Alarm;

/** A session that this end opens, from the first IHello to its end or to the state OPEN (RFC 7016 §3.5.1.1.1). */
final class OpeningSession implements Opening {
    /** Packets of the far end that may overtake its RIKeying and are kept. */
    private static final int MAX_EARLY_PACKETS = 18;

    /** IIKeying as it was sent last, and what becomes of the answer. */
    private record Sent(InitiatorKeying keying, InitiatorInitialKeying chunk) {}

    private final Initiator initiator;
    private final Bytes endpointDiscriminator;
    private final Bytes tag;
    private final OpenListener listener;
    private final Alarm ultimateTimeout;
    private final Map<InetSocketAddress, Retransmitter> hellos = new LinkedHashMap<>();
    private final Retransmitter keyingRetransmitter;
    private final ArrayDeque<ByteBuffer> early = new ArrayDeque<>();
    private SessionState state = SessionState.IHELLO_SENT;
    private Optional<FarCertificate> farCertificate = Optional.empty();
    private Optional<InetSocketAddress> farAddress = Optional.empty();
    private Optional<Sent> sent = Optional.empty();
    private long nearSessionId;
    private boolean cookieChanged;
    private boolean combining;

    OpeningSession(Initiator initiator, Bytes endpointDiscriminator, Bytes tag, OpenListener listener) {
        this.initiator = initiator;
        this.endpointDiscriminator = endpointDiscriminator;
        this.tag = tag;
        this.listener = listener;
        this.ultimateTimeout = new Alarm(initiator.loop(), this::onUltimateTimeout);
        this.keyingRetransmitter = new Retransmitter(initiator.loop(), this::sendKeying);
        ultimateTimeout.setIn(RtmfpParameters.OPEN_TIMEOUT_NS);
    }

    Bytes tag() {
        return tag;
    }

    OpenListener listener() {
        return listener;
    }

    @Override
    public SessionState state() {
        return state;
    }

    @Override
    public void addCandidate(InetSocketAddress address) {
        boolean room = hellos.size() < RtmfpParameters.REDIRECT_THRESHOLD;
        if (state == SessionState.IHELLO_SENT && room && !hellos.containsKey(address)) {
            InitiatorHello hello = new InitiatorHello(endpointDiscriminator, tag);
            Retransmitter retransmitter = new Retransmitter(
                    initiator.loop(), () -> initiator.output().send(StartupOutput.STARTUP_SESSION_ID, hello, address));
            hellos.put(address, retransmitter);
            retransmitter.start();
        }
    }

    @Override
    public void cancel() {
        if (isAlive()) {
            end(SessionState.CLOSED);
        }
    }

    /** RHello with our tag came from here. */
    void onHello(FarCertificate certificate, Bytes cookie, InetSocketAddress from) {
        if (state != SessionState.IHELLO_SENT || !certificate.isSelectedBy(endpointDiscriminator)) {
            return;
        }
        Optional<OpenSession> existing = initiator.sessionWith(certificate);
        if (existing.isPresent()) {
            resolve(existing.get());
            return;
        }
        if (initiator.isKeyingWith(certificate.canonicalEndpointDiscriminator())) {
            // The other opening ends in a session that the next RHello finds.
            return;
        }
        state = state.become(SessionState.KEYING_SENT);
        stopHellos();
        farCertificate = Optional.of(certificate);
        farAddress = Optional.of(from);
        nearSessionId = initiator.register(this);
        initiator.work().submit(() -> begin(certificate, cookie), this::onBegun);
    }

    /** On the crypto executor. */
    private Optional<Sent> begin(FarCertificate certificate, Bytes cookie) {
        return initiator.profile().initiate(certificate).map(keying -> sign(keying, cookie));
    }

    private Sent sign(InitiatorKeying keying, Bytes cookie) {
        Bytes certificate = initiator.profile().nearCertificate();
        Bytes component = keying.component();
        InitiatorInitialKeying unsigned =
                new InitiatorInitialKeying(nearSessionId, cookie, certificate, component, Bytes.EMPTY);
        Bytes signature = initiator.profile().sign(unsigned.signedParameters());
        return new Sent(keying, new InitiatorInitialKeying(nearSessionId, cookie, certificate, component, signature));
    }

    private void onBegun(Optional<Sent> begun) {
        if (state != SessionState.KEYING_SENT) {
            return;
        }
        if (begun.isEmpty()) {
            fail(OpenFailure.NOT_ACCEPTABLE);
            return;
        }
        sent = begun;
        keyingRetransmitter.start();
    }

    private void sendKeying() {
        if (sent.isPresent() && farAddress.isPresent()) {
            initiator.output().send(StartupOutput.STARTUP_SESSION_ID, sent.get().chunk, farAddress.get());
        }
    }

    /** RFC 7016 §3.5.1.2: the cookie is changed once at most. */
    void onCookieChange(RHelloCookieChange change) {
        if (state != SessionState.KEYING_SENT || sent.isEmpty() || cookieChanged) {
            return;
        }
        Sent before = sent.get();
        if (before.chunk.cookieEcho().equals(change.oldCookie())) {
            cookieChanged = true;
            Bytes cookie = Bytes.wrap(change.newCookie().toArray());
            initiator.work().submit(() -> Optional.of(sign(before.keying, cookie)), this::onBegun);
        }
    }

    void onKeying(ResponderInitialKeying answer) {
        if (state != SessionState.KEYING_SENT || sent.isEmpty() || combining || answer.responderSessionId() == 0) {
            return;
        }
        combining = true;
        initiator.work().submit(() -> combine(answer), keys -> onCombined(answer, keys));
    }

    /** On the crypto executor. */
    private Optional<SessionKeys> combine(ResponderInitialKeying answer) {
        InitiatorKeying keying = sent.orElseThrow().keying;
        boolean authentic =
                farCertificate.orElseThrow().verifies(answer.signature(), answer.signedParameters(keying.component()));
        return authentic ? keying.keys(answer.sessionKeyResponderComponent()) : Optional.empty();
    }

    private void onCombined(ResponderInitialKeying answer, Optional<SessionKeys> keys) {
        combining = false;
        if (state != SessionState.KEYING_SENT || keys.isEmpty()) {
            return;
        }
        state = state.become(SessionState.OPEN);
        stop();
        SessionParameters parameters = new SessionParameters(
                Mode.INITIATOR,
                nearSessionId,
                answer.responderSessionId(),
                farAddress.orElseThrow(),
                farCertificate.orElseThrow(),
                keys.get());
        initiator.opened(this, parameters, new ArrayList<>(early));
        early.clear();
    }

    /** A packet that the Default Session Key does not open: one of the session that is about to open, perhaps. */
    void onEarlyPacket(ByteBuffer encrypted) {
        if (state == SessionState.KEYING_SENT && early.size() < MAX_EARLY_PACKETS) {
            early.add(ByteBuffer.allocate(encrypted.remaining()).put(encrypted).flip());
        }
    }

    InetSocketAddress farAddress() {
        return farAddress.orElseThrow();
    }

    /** The same far end has a session with us by other means. */
    void resolve(OpenSession session) {
        if (isAlive()) {
            end(SessionState.CLOSED);
            listener.onOpen(session);
        }
    }

    /** Whether an IIKeying from there, with this certificate, crosses this opening (RFC 7016 §3.5.1.3). */
    boolean crosses(FarCertificate certificate, InetSocketAddress from) {
        return switch (state) {
            case IHELLO_SENT -> hellos.containsKey(from) && certificate.isSelectedBy(endpointDiscriminator);
            case KEYING_SENT ->
                farAddress.filter(from::equals).isPresent()
                        && farCertificate.filter(certificate::overrides).isPresent();
            default -> false;
        };
    }

    /**
     * Whether the far end had time to answer our IIKeying and did not. librtmfp compares identities otherwise than RFC 7425
     * and may take itself for the initiator where we do too; then it is better to answer than to wait for ever. But not
     * while a repeated IIKeying of ours may be on its way: the far end would answer it too, and there would be two sessions.
     */
    boolean isKeyingUnanswered() {
        return state == SessionState.KEYING_SENT
                && keyingRetransmitter.count() > 1
                && keyingRetransmitter.quietNs() >= RtmfpParameters.GLARE_PATIENCE_NS;
    }

    boolean isKeyingWith(Bytes canonicalEndpointDiscriminator) {
        return state == SessionState.KEYING_SENT
                && farCertificate
                        .filter(certificate ->
                                certificate.canonicalEndpointDiscriminator().equals(canonicalEndpointDiscriminator))
                        .isPresent();
    }

    void fail(OpenFailure failure) {
        if (isAlive()) {
            end(SessionState.OPEN_FAILED);
            listener.onFailed(failure);
        }
    }

    private boolean isAlive() {
        return state == SessionState.IHELLO_SENT || state == SessionState.KEYING_SENT;
    }

    private void onUltimateTimeout() {
        fail(state == SessionState.IHELLO_SENT ? OpenFailure.NO_ANSWER : OpenFailure.NO_KEYS);
    }

    private void end(SessionState last) {
        state = state.become(last);
        stop();
        early.clear();
        initiator.ended(this, nearSessionId);
    }

    private void stop() {
        ultimateTimeout.stop();
        keyingRetransmitter.stop();
        stopHellos();
    }

    private void stopHellos() {
        List<Retransmitter> all = new ArrayList<>(hellos.values());
        all.forEach(Retransmitter::stop);
    }
}
