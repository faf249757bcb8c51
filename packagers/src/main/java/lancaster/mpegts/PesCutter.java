package lancaster.mpegts;

/**
 * Cuts the PES packets of one PID into TS packets, one at a time and each when it leaves: the continuity counter and
 * the clock reference are those of its departure.
 */
final class PesCutter {
    private final TsPid pid;
    /** What is cut; means nothing once nothing of it remains. */
    private PesPacket pes;

    private boolean open;
    private boolean unitStart;
    private boolean randomAccess;

    PesCutter(TsPid pid, PesPacket pes) {
        this.pid = pid;
        this.pes = pes;
    }

    TsPid pid() {
        return pid;
    }

    /** A PES packet that has begun is cut; the one before must be through. */
    void begin(PesPacket next, boolean startsDecoding) {
        if (open) {
            throw new IllegalStateException(pes.remaining() + " bytes of the PES packet before are missing");
        }
        pes = next;
        open = true;
        unitStart = true;
        randomAccess = startsDecoding;
    }

    boolean isOpen() {
        return open;
    }

    /** How many more TS packets the PES packet fills without a clock reference. */
    int packetsLeft() {
        return open ? packets(pes.remaining(), unitStart && randomAccess) : 0;
    }

    /** How many TS packets hold a PES packet of {@code bytes}. */
    static int packets(int bytes, boolean randomAccess) {
        int fieldBytes = randomAccess ? new Adaptation(false, true, Adaptation.NO_PCR).size() : 0;
        return (bytes + fieldBytes + TsPacket.MAX_PAYLOAD - 1) / TsPacket.MAX_PAYLOAD;
    }

    /** Writes the next packet. */
    void write(byte[] target, int at, boolean discontinuity, long pcr27m) {
        Adaptation adaptation = (unitStart && randomAccess) || pcr27m != Adaptation.NO_PCR
                ? new Adaptation(discontinuity, unitStart && randomAccess, pcr27m)
                : Adaptation.NONE;
        int payload = Math.min(TsPacket.MAX_PAYLOAD - adaptation.size(), pes.remaining());
        int from = TsPacket.write(target, at, pid.pid(), unitStart, pid.count(), adaptation, payload);
        pes.read(target, from, payload);
        unitStart = false;
        open = pes.remaining() > 0;
    }

    /** Writes a packet that carries nothing but the clock. */
    void writeClock(byte[] target, int at, boolean discontinuity, long pcr27m) {
        Adaptation adaptation = new Adaptation(discontinuity, false, pcr27m);
        TsPacket.write(target, at, pid.pid(), false, pid.lastCount(), adaptation, 0);
    }
}
