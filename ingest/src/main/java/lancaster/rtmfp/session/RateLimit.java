package lancaster.rtmfp.session;

import java.util.concurrent.TimeUnit;

/** Lets so many things happen in a second; a second's worth may come at once. */
final class RateLimit {
    private final long perSecond;
    private final long periodNs;
    /** When a bucket that is empty now would be full again, if nothing more happened. */
    private long fullNs;

    private boolean used;

    RateLimit(long perSecond) {
        this.perSecond = perSecond;
        this.periodNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    boolean tryTake(long nowNs) {
        if (!used || fullNs - nowNs < 0) {
            used = true;
            fullNs = nowNs;
        }
        if (fullNs - nowNs + periodNs > periodNs * perSecond) {
            return false;
        }
        fullNs += periodNs;
        return true;
    }
}
