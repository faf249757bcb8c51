package lancaster.rtp;

import org.jspecify.annotations.Nullable;

/** One number of a {@link MergeWindow}: which paths brought it, when, and what it was. */
final class MergeSlot {
    private final long[] arrivalNs = new long[RtpReorderBuffer.MAX_PATHS];
    private @Nullable RtpPacket packet;
    private int paths;
    private int identity;
    private boolean used;
    private boolean givenUp;
    private long sinceNs;

    void clear() {
        packet = null;
        paths = 0;
        used = false;
        givenUp = false;
    }

    /** A packet that waits to be given on, brought by a path or made by error correction. */
    void hold(RtpPacket held, long nowNs) {
        packet = held;
        use(nowNs);
    }

    /** The packet that waits, which is no longer held. */
    @Nullable
    RtpPacket take() {
        RtpPacket taken = packet;
        packet = null;
        return taken;
    }

    boolean holds() {
        return packet != null;
    }

    void giveUp(long nowNs) {
        givenUp = true;
        use(nowNs);
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether it was held or given up. */
    boolean isUsed() {
        return used;
    }

    /** Since when it is known that this number was sent. */
    long sinceNs() {
        return sinceNs;
    }

    /**
     * A path has brought it.
     *
     * @param hash of the whole packet
     */
    void bring(int path, int hash, long nowNs) {
        if (paths == 0) {
            identity = hash;
        }
        paths |= 1 << path;
        arrivalNs[path] = nowNs;
    }

    boolean hasAny() {
        return paths != 0;
    }

    boolean has(int path) {
        return (paths & (1 << path)) != 0;
    }

    boolean hasOnly(int path) {
        return paths == 1 << path;
    }

    int identity() {
        return identity;
    }

    long arrivalNs(int path) {
        return arrivalNs[path];
    }

    private void use(long nowNs) {
        if (!used) {
            used = true;
            sinceNs = nowNs;
        }
    }
}
