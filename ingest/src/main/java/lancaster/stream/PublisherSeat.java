package lancaster.stream;

import org.jspecify.annotations.Nullable;

/** Who publishes a stream: one at a time, until the seat is closed for ever. From any thread. */
final class PublisherSeat {
    /** What became of a publisher that wants the stream. */
    enum Admission {
        TAKEN,
        BUSY,
        /** The stream is over; the name is free. */
        ENDED
    }

    /** Guards changes of {@link #present} and {@link #closed}. */
    private final Object lock = new Object();

    private volatile @Nullable Publication present;
    private volatile boolean closed;
    private volatile long lastMediaNs;

    PublisherSeat(long nowNs) {
        lastMediaNs = nowNs;
    }

    @Nullable
    Publication present() {
        return present;
    }

    boolean isClosed() {
        return closed;
    }

    /** The present publisher has sent media. */
    void heard(long nowNs) {
        lastMediaNs = nowNs;
    }

    long lastMediaNs() {
        return lastMediaNs;
    }

    /** Seats {@code candidate} if the seat is free, or by its settings it may take it from the one who has it. */
    Admission take(Publication candidate, long nowNs) {
        Publication superseded;
        synchronized (lock) {
            if (closed) {
                return Admission.ENDED;
            }
            superseded = present;
            StreamSettings wanted = candidate.settings();
            boolean silent = nowNs - lastMediaNs >= wanted.silence().toNanos();
            if (superseded != null && wanted.onSecondPublisher() == SecondPublisher.REJECT && !silent) {
                return Admission.BUSY;
            }
            present = candidate;
        }
        if (superseded != null) {
            superseded.close(new CloseReason(CloseReason.Kind.SUPERSEDED, "a newer publisher took over"));
        }
        return Admission.TAKEN;
    }

    /** Whether {@code leaving} had the seat, which is free now. */
    boolean leave(Publication leaving) {
        synchronized (lock) {
            if (leaving != present) {
                return false;
            }
            present = null;
            return true;
        }
    }

    /** Closes the seat if it is free, once; {@code before} runs before anyone can know. */
    boolean close(Runnable before) {
        synchronized (lock) {
            if (closed || present != null) {
                return false;
            }
            before.run();
            closed = true;
            return true;
        }
    }
}
