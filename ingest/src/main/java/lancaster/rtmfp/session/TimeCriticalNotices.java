package lancaster.rtmfp.session;

import java.util.Optional;
import lancaster.rtmfp.packet.RtmfpParameters;

/**
 * Which sessions of an endpoint carry time critical data, so that the others make room (RFC 7016 §3.5.2.1): who was the
 * last to receive some, who else was before, and when any was sent.
 */
final class TimeCriticalNotices {
    private record Received(Object session, long atNs) {}

    private Optional<Received> latest = Optional.empty();
    /** The latest of another session than {@link #latest}. */
    private Optional<Received> other = Optional.empty();

    private boolean anySent;
    private long sentNs;

    void sent(long nowNs) {
        anySent = true;
        sentNs = nowNs;
    }

    /** Whether any session sent time critical data just now. */
    boolean sentAnywhere(long nowNs) {
        return anySent && nowNs - sentNs <= RtmfpParameters.TIME_CRITICAL_NS;
    }

    void received(Object session, long nowNs) {
        if (latest.isPresent() && latest.get().session != session) {
            other = latest;
        }
        latest = Optional.of(new Received(session, nowNs));
    }

    /** Whether any session but this one received time critical data just now. */
    boolean receivedElsewhere(Object session, long nowNs) {
        return counts(latest, session, nowNs) || counts(other, session, nowNs);
    }

    void forget(Object session) {
        other = other.filter(received -> received.session != session);
        if (latest.isPresent() && latest.get().session == session) {
            latest = other;
            other = Optional.empty();
        }
    }

    private static boolean counts(Optional<Received> received, Object session, long nowNs) {
        return received.isPresent()
                && received.get().session != session
                && nowNs - received.get().atNs <= RtmfpParameters.TIME_CRITICAL_NS;
    }
}
