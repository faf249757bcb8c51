package lancaster.receiver;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which sender of bare MPEG-TS is received: the first, until it is silent for a while and another sends. Without
 * sequence numbers two senders would make one garbled stream.
 */
final class SenderLock {
    static final long TAKEOVER_NS = 500_000_000;

    private @Nullable InetSocketAddress sender;
    private long lastNs;

    enum Verdict {
        OURS,
        /** Another one is received from now on. */
        TAKEN_OVER,
        FOREIGN
    }

    Verdict judge(InetSocketAddress from, long nowNs) {
        if (from.equals(sender)) {
            lastNs = nowNs;
            return Verdict.OURS;
        }
        if (sender != null && nowNs - lastNs <= TAKEOVER_NS) {
            return Verdict.FOREIGN;
        }
        sender = from;
        lastNs = nowNs;
        return Verdict.TAKEN_OVER;
    }
}
