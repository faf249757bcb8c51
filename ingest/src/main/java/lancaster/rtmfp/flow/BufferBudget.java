package lancaster.rtmfp.flow;

import java.util.Optional;

/**
 * How many bytes may wait for delivery in all flows of a session, or of an endpoint: what would be more is treated as if
 * the network had lost it (RFC 7016 §5).
 */
public final class BufferBudget {
    private final long limitBytes;
    private final Optional<BufferBudget> whole;
    private long usedBytes;

    private BufferBudget(long limitBytes, Optional<BufferBudget> whole) {
        this.limitBytes = limitBytes;
        this.whole = whole;
    }

    public static BufferBudget of(long limitBytes) {
        return new BufferBudget(limitBytes, Optional.empty());
    }

    /** A share of this budget, with a limit of its own. */
    public BufferBudget share(long shareLimitBytes) {
        return new BufferBudget(shareLimitBytes, Optional.of(this));
    }

    public long usedBytes() {
        return usedBytes;
    }

    /** Takes {@code bytes}, if they are there. */
    boolean take(int bytes) {
        if (bytes > limitBytes - usedBytes || (whole.isPresent() && !whole.get().take(bytes))) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }

    /** Takes {@code bytes} that were there a moment ago in another form. */
    void takeAnyway(int bytes) {
        usedBytes += bytes;
        whole.ifPresent(budget -> budget.takeAnyway(bytes));
    }

    void giveBack(long bytes) {
        usedBytes -= bytes;
        whole.ifPresent(budget -> budget.giveBack(bytes));
    }
}
