package lancaster.mpegts;

/** A packet identifier and its continuity counter (§2.4.3.3), which counts packets with payload. */
final class TsPid {
    /** Continuity counters have 4 bits. */
    static final int COUNTER_CYCLE = 16;

    private final int pid;
    private int packets;

    TsPid(int pid) {
        this.pid = pid;
    }

    int pid() {
        return pid;
    }

    /** The counter of the next packet with payload; only its low 4 bits travel. */
    int count() {
        return packets++;
    }

    /** The counter of a packet without payload: that of the packet before. */
    int lastCount() {
        return packets - 1;
    }

    boolean isFresh() {
        return packets == 0;
    }

    /** How many packets beyond {@code more} ones bring the counter back to 0. */
    int missingToCycle(int more) {
        return Math.floorMod(-(packets + more), COUNTER_CYCLE);
    }

    void restart() {
        packets = 0;
    }
}
