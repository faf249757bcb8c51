package lancaster.mpegts;

/**
 * Puts program clock references into a segment: into the first packet of each unit of the PCR PID, and between units, in
 * packets of their own, where those lie further apart than 100 ms (§2.7.2).
 */
final class PcrInserter {
    private static final long MAX_INTERVAL_90K = 9_000;
    /** A stream that was silent for longer than 5 s isn't filled up with clock references. */
    private static final int MAX_FILLED = 50;

    private final PacketRun out;
    private final PesPacketizer stream;
    private final TsClock clock;
    private boolean begun;
    private boolean discontinuity;
    private long last90k;

    /** @param stream the packets of the PCR PID */
    PcrInserter(PacketRun out, PesPacketizer stream, TsClock clock) {
        this.out = out;
        this.stream = stream;
        this.clock = clock;
    }

    int pid() {
        return stream.pid().pid();
    }

    void begin(boolean afterDiscontinuity) {
        begun = false;
        discontinuity = afterDiscontinuity;
    }

    /** What the adaptation field of a unit that comes now says; writes the clock references that are due before. */
    Adaptation before(TsPid pid, long dts90k, boolean randomAccess) {
        for (int i = 0; begun && i < MAX_FILLED && dts90k - last90k > MAX_INTERVAL_90K; i++) {
            writeAlone(last90k + MAX_INTERVAL_90K);
        }
        if (pid == stream.pid()) {
            return reference(dts90k, randomAccess);
        }
        if (!begun) {
            writeAlone(dts90k);
        }
        return Adaptation.NONE;
    }

    /** A clock reference, unless the clock is there already because another stream was ahead. */
    private Adaptation reference(long dts90k, boolean randomAccess) {
        boolean first = !begun;
        if (begun && dts90k <= last90k) {
            return new Adaptation(false, randomAccess, Adaptation.NO_PCR);
        }
        begun = true;
        last90k = dts90k;
        return new Adaptation(first && discontinuity, randomAccess, clock.pcr27m(dts90k));
    }

    private void writeAlone(long dts90k) {
        // The reference of a unit that is still held stands before this one.
        stream.releaseStart();
        TsPid pid = stream.pid();
        TsPacket.write(out.array(), out.next(), pid.pid(), false, pid.lastCount(), reference(dts90k, false), 0);
    }
}
