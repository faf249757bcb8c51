package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.CryptoProfile;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.packet.ResponderHello;
import lancaster.rtmfp.packet.ResponderRedirect;
import lancaster.runloop.RunLoop;

/** All sessions that an endpoint opens, by the tags of their hellos (RFC 7016 §3.5.1.1.1). */
final class Initiator {
    private static final int TAG_BYTES = 16;

    /** Where sessions go that are open. */
    interface Opened {
        OpenSession onOpened(SessionParameters parameters);

        /** A packet that came before its session was open. */
        void onEarlyPacket(OpenSession session, ByteBuffer encrypted);
    }

    private final RunLoop loop;
    private final RandomGenerator random;
    private final RtmfpSettings settings;
    private final CryptoProfile profile;
    private final KeyingWork work;
    private final StartupOutput output;
    private final SessionTable table;
    private final Opened opened;
    private final Map<Bytes, OpeningSession> byTag = new HashMap<>();

    Initiator(
            EndpointContext context,
            CryptoProfile profile,
            KeyingWork work,
            StartupOutput output,
            SessionTable table,
            Opened opened) {
        this.loop = context.loop();
        this.random = context.random();
        this.settings = context.settings();
        this.profile = profile;
        this.work = work;
        this.output = output;
        this.table = table;
        this.opened = opened;
    }

    Opening open(Bytes endpointDiscriminator, List<InetSocketAddress> candidates, OpenListener listener) {
        byte[] tag = new byte[TAG_BYTES];
        random.nextBytes(tag);
        OpeningSession opening = new OpeningSession(this, endpointDiscriminator, Bytes.wrap(tag), listener);
        byTag.put(opening.tag(), opening);
        if (byTag.size() > settings.openings() || table.size() >= settings.sessions()) {
            loop.execute(() -> opening.fail(OpenFailure.TOO_MANY_SESSIONS));
        } else {
            candidates.forEach(opening::addCandidate);
        }
        return opening;
    }

    int size() {
        return byTag.size();
    }

    void onRedirect(ResponderRedirect redirect, InetSocketAddress from) {
        OpeningSession opening = byTag.get(redirect.tagEcho());
        if (opening == null) {
            return;
        }
        if (redirect.redirectDestinations().isEmpty()) {
            opening.addCandidate(from);
        }
        for (PeerAddress destination : redirect.redirectDestinations()) {
            InetSocketAddress address = destination.address();
            if (address.getPort() != 0 && !address.getAddress().isAnyLocalAddress()) {
                opening.addCandidate(address);
            }
        }
    }

    void onHello(ResponderHello hello, InetSocketAddress from) {
        OpeningSession opening = byTag.get(hello.tagEcho());
        if (opening != null) {
            Bytes cookie = Bytes.wrap(hello.cookie().toArray());
            profile.farCertificate(hello.responderCertificate())
                    .ifPresent(certificate -> opening.onHello(certificate, cookie, from));
        }
    }

    /** The opening that an IIKeying from there, with this certificate, crosses (RFC 7016 §3.5.1.3). */
    Optional<OpeningSession> crossing(FarCertificate certificate, InetSocketAddress from) {
        return byTag.values().stream()
                .filter(opening -> opening.crosses(certificate, from))
                .findFirst();
    }

    void close() {
        new ArrayList<>(byTag.values()).forEach(opening -> opening.fail(OpenFailure.ENDPOINT_CLOSED));
    }

    RunLoop loop() {
        return loop;
    }

    CryptoProfile profile() {
        return profile;
    }

    KeyingWork work() {
        return work;
    }

    StartupOutput output() {
        return output;
    }

    Optional<OpenSession> sessionWith(FarCertificate certificate) {
        return table.openWith(certificate.canonicalEndpointDiscriminator());
    }

    boolean isKeyingWith(Bytes canonicalEndpointDiscriminator) {
        return byTag.values().stream().anyMatch(opening -> opening.isKeyingWith(canonicalEndpointDiscriminator));
    }

    /** Gives the opening a session ID. */
    long register(OpeningSession opening) {
        long id = table.reserveId();
        table.keying(id, opening);
        return id;
    }

    void opened(OpeningSession opening, SessionParameters parameters, List<ByteBuffer> early) {
        byTag.remove(opening.tag());
        OpenSession session = opened.onOpened(parameters);
        opening.listener().onOpen(session);
        early.forEach(packet -> opened.onEarlyPacket(session, packet));
    }

    void ended(OpeningSession opening, long sessionId) {
        byTag.remove(opening.tag());
        table.release(sessionId);
    }
}
