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
        if (begun) {
            fill(dts90k);
        }
        if (pid != stream.pid()) {
            return Adaptation.NONE;
        }
        boolean first = !begun;
        boolean advances = first || dts90k > last90k;
        if (advances) {
            begun = true;
            last90k = dts90k;
        }
        return new Adaptation(first && discontinuity, randomAccess, advances ? clock.pcr(dts90k) : Adaptation.NO_PCR);
    }

    private void fill(long dts90k) {
        for (int i = 0; i < MAX_FILLED && dts90k - last90k > MAX_INTERVAL_90K; i++) {
            // The reference of a unit that is still held stands before this one.
            stream.releaseStart();
            last90k += MAX_INTERVAL_90K;
            Adaptation reference = new Adaptation(false, false, clock.pcr(last90k));
            TsPacket.write(out.array(), out.next(), pid(), false, stream.pid().lastCount(), reference, 0);
        }
    }
}
