package lancaster.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses keys: after some wrong ones an address must wait, twice as long each time, and what it tries
 * meanwhile isn't looked at. Owner: whoever made it.
 */
public final class AttemptLimiter {
    /** Addresses remembered; the one heard of longest ago goes first. */
    static final int MAX_ADDRESSES = 10_000;

    private static final long FIRST_WAIT_NS = 1_000_000_000;
    private static final int MAX_DOUBLINGS = 20;

    private static final class Guesser {
        int failures;
        long nextNs;
        long lastNs;
    }

    private final LongSupplier nowNs;
    private final Map<String, Guesser> guessers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesser> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    private AccessSettings settings;
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();

    public AttemptLimiter(AccessSettings settings, LongSupplier nowNs) {
        this.settings = settings;
        this.nowNs = nowNs;
    }

    /** From now on by {@code changed}. */
    void apply(AccessSettings changed) {
        settings = changed;
    }

    /** How long {@code address} must still wait; 0 if it may try. */
    public long waitNs(String address) {
        Guesser guesser = guessers.get(group(address));
        return guesser == null ? 0 : Math.max(0, guesser.nextNs - nowNs.getAsLong());
    }

    public void failed(String address) {
        long now = nowNs.getAsLong();
        Guesser guesser = guessers.computeIfAbsent(group(address), key -> new Guesser());
        if (guesser.failures > 0
                && now - guesser.lastNs > 2 * settings.longestWait().toNanos()) {
            guesser.failures = 0;
        }
        guesser.failures++;
        guesser.lastNs = now;
        failed.incrementAndGet();
        int over = guesser.failures - settings.freeAttempts();
        if (over >= 0) {
            long wait = FIRST_WAIT_NS << Math.min(over, MAX_DOUBLINGS);
            guesser.nextNs = now + Math.min(wait, settings.longestWait().toNanos());
        }
    }

    /** What {@code address} did is forgiven. */
    void forget(String address) {
        guessers.remove(group(address));
    }

    void ignored() {
        ignored.incrementAndGet();
    }

    /** From any thread. */
    AccessStats stats() {
        return new AccessStats(failed.get(), ignored.get());
    }

    /** An IPv6 customer has 2^64 addresses: they count as one (RFC 6177 §2). */
    static String group(String address) {
        int colon = address.lastIndexOf(':');
        boolean v4 = address.indexOf(':') == colon;
        if (v4) {
            return colon < 0 ? address : address.substring(0, colon);
        }
        String[] parts = address.replace("[", "").split(":", 5);
        return String.join(":", parts[0], parts[1], parts[2], parts[3 % parts.length]);
    }
}
