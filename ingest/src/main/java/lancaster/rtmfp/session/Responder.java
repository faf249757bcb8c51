package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.CryptoProfile;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.crypto.SessionKeys;
import lancaster.rtmfp.packet.InitiatorInitialKeying;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.RHelloCookieChange;
import lancaster.rtmfp.packet.ResponderHello;
import lancaster.rtmfp.packet.ResponderInitialKeying;
import lancaster.rtmfp.packet.RtmfpParameters;
import lancaster.runloop.RunLoop;

/**
 * Answers those who open sessions to this end (RFC 7016 §3.5.1.1.2). Nothing is remembered of anybody before a cookie
 * came back, and only so many handshakes a second are worked on.
 */
final class Responder {
    /** Hellos that are answered in a second: more can only be a flood, and each answer costs codes and a packet. */
    private static final int HELLOS_PER_SECOND = 10_000;

    private record Work(InetSocketAddress from, long initiatorSessionId) {}

    private record Result(ResponderInitialKeying chunk, SessionKeys keys) {}

    /** What was answered to an IIKeying, so that its retransmissions get the same. */
    private record Answered(long atNs, InitiatorInitialKeying keying, ResponderInitialKeying chunk) {}

    private final RunLoop loop;
    private final RtmfpSettings settings;
    private final CryptoProfile profile;
    private final KeyingWork work;
    private final StartupOutput output;
    private final SessionTable table;
    private final Initiator initiator;
    private final EndpointCounters counters;
    private final Function<SessionParameters, OpenSession> opened;
    private final CookieJar cookies;
    private final RateLimit helloRate = new RateLimit(HELLOS_PER_SECOND);
    private final RateLimit handshakeRate;
    private final Set<Work> inWork = new HashSet<>();
    private final Map<Long, Answered> answered = new LinkedHashMap<>();

    Responder(
            EndpointContext context,
            CryptoProfile profile,
            KeyingWork work,
            StartupOutput output,
            SessionTable table,
            Initiator initiator,
            EndpointCounters counters,
            Function<SessionParameters, OpenSession> opened) {
        this.loop = context.loop();
        this.settings = context.settings();
        this.profile = profile;
        this.work = work;
        this.output = output;
        this.table = table;
        this.initiator = initiator;
        this.counters = counters;
        this.opened = opened;
        this.cookies = new CookieJar(context.proof());
        this.handshakeRate = new RateLimit(settings.handshakesPerSecond());
    }

    /** Somebody at {@code replyAddress} looks for this endpoint. */
    void onHello(Bytes tag, InetSocketAddress replyAddress) {
        long nowNs = loop.nowNs();
        if (helloRate.tryTake(nowNs)) {
            counters.hellos++;
            Bytes cookie = cookies.make(replyAddress, nowNs);
            ResponderHello hello = new ResponderHello(tag, cookie, profile.nearCertificate());
            output.send(StartupOutput.STARTUP_SESSION_ID, hello, replyAddress);
        }
    }

    void onKeying(InitiatorInitialKeying keying, InetSocketAddress from) {
        if (keying.initiatorSessionId() == 0) {
            counters.refusedHandshakes++;
            return;
        }
        switch (cookies.check(keying.cookieEcho(), from, loop.nowNs())) {
            case GOOD -> onProvenKeying(keying, from);
            case OTHER_ADDRESS ->
                output.send(
                        keying.initiatorSessionId(),
                        new RHelloCookieChange(keying.cookieEcho(), cookies.make(from, loop.nowNs())),
                        from);
            case BAD -> counters.badCookies++;
        }
    }

    /** The session is over. */
    void ended(OpenSession session) {
        answered.remove(session.nearSessionId());
    }

    /** Whoever sent this does receive at its address. */
    private void onProvenKeying(InitiatorInitialKeying keying, InetSocketAddress from) {
        Optional<OpenSession> existing = table.openAt(from);
        Answered before = existing.isPresent() ? answered.get(existing.get().nearSessionId()) : null;
        if (before != null && isSame(before.keying, keying)) {
            output.send(keying.initiatorSessionId(), before.chunk, from);
            return;
        }
        Work key = new Work(from, keying.initiatorSessionId());
        if (inWork.contains(key)) {
            return;
        }
        Optional<FarCertificate> certificate = profile.farCertificate(keying.initiatorCertificate());
        if (certificate.isEmpty() || !isWelcome()) {
            counters.refusedHandshakes++;
            return;
        }
        if (!mayTakePlaceOf(existing, certificate.get())) {
            // Its next try finds the place free if the one before is gone.
            existing.ifPresent(OpenSession::doubt);
            counters.refusedHandshakes++;
            return;
        }
        Optional<OpeningSession> crossing = initiator.crossing(certificate.get(), from);
        if (crossing.isPresent() && prevails(crossing.get(), certificate.get())) {
            return;
        }
        long nearSessionId = table.reserveId();
        inWork.add(key);
        work.submit(
                () -> answer(keying, certificate.get(), nearSessionId),
                result -> onAnswered(key, keying, certificate.get(), nearSessionId, result));
    }

    private static boolean isSame(InitiatorInitialKeying before, InitiatorInitialKeying now) {
        return before.initiatorSessionId() == now.initiatorSessionId()
                && before.initiatorCertificate().equals(now.initiatorCertificate())
                && before.sessionKeyInitiatorComponent().equals(now.sessionKeyInitiatorComponent());
    }

    private static boolean mayTakePlaceOf(Optional<OpenSession> existing, FarCertificate certificate) {
        return existing.isEmpty() || certificate.overrides(existing.get().farCertificate());
    }

    private boolean isWelcome() {
        return table.size() < settings.sessions()
                && work.inWork() < settings.keyingsInWork()
                && handshakeRate.tryTake(loop.nowNs());
    }

    private boolean prevails(OpeningSession opening, FarCertificate far) {
        return profile.prevailsOver(far) && !opening.isKeyingUnanswered();
    }

    /** On the crypto executor. */
    private Optional<Result> answer(InitiatorInitialKeying keying, FarCertificate certificate, long nearSessionId) {
        Bytes component = keying.sessionKeyInitiatorComponent();
        if (!certificate.verifies(keying.signature(), keying.signedParameters())) {
            return Optional.empty();
        }
        return profile.respond(certificate, component).map(responder -> {
            ResponderInitialKeying unsigned =
                    new ResponderInitialKeying(nearSessionId, responder.component(), Bytes.EMPTY);
            Bytes signature = profile.sign(unsigned.signedParameters(component));
            return new Result(
                    new ResponderInitialKeying(nearSessionId, responder.component(), signature), responder.keys());
        });
    }

    private void onAnswered(
            Work key,
            InitiatorInitialKeying keying,
            FarCertificate certificate,
            long nearSessionId,
            Optional<Result> result) {
        inWork.remove(key);
        Optional<OpenSession> existing = table.openAt(key.from);
        if (result.isEmpty() || !mayTakePlaceOf(existing, certificate)) {
            table.release(nearSessionId);
            counters.refusedHandshakes++;
            return;
        }
        existing.ifPresent(OpenSession::override);
        Optional<OpeningSession> crossing = initiator.crossing(certificate, key.from);
        forgetOldAnswers();
        answered.put(nearSessionId, new Answered(loop.nowNs(), kept(keying), result.get().chunk));
        output.send(key.initiatorSessionId, result.get().chunk, key.from);
        OpenSession session = opened.apply(new SessionParameters(
                Mode.RESPONDER, nearSessionId, key.initiatorSessionId, key.from, certificate, result.get().keys));
        crossing.ifPresent(opening -> opening.resolve(session));
    }

    /** The cookie of an older IIKeying has expired, so that nobody can send it again. */
    private void forgetOldAnswers() {
        Iterator<Answered> oldest = answered.values().iterator();
        while (oldest.hasNext() && loop.nowNs() - oldest.next().atNs > RtmfpParameters.COOKIE_LIFETIME_NS) {
            oldest.remove();
        }
    }

    /** What tells a retransmission, in arrays of its own, for it outlives the packet. */
    private static InitiatorInitialKeying kept(InitiatorInitialKeying keying) {
        return new InitiatorInitialKeying(
                keying.initiatorSessionId(),
                Bytes.EMPTY,
                Bytes.wrap(keying.initiatorCertificate().toArray()),
                Bytes.wrap(keying.sessionKeyInitiatorComponent().toArray()),
                Bytes.EMPTY);
    }
}
