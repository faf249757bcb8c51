package lancaster.mpegts;

import lancaster.bytes.Bytes;

/** Writes PAT and PMT at the start of a segment and again and again, so that a reader may begin between. */
final class PsiRepeater {
    /** ETR 101 290 takes half a second without them for an error; a frame may come in between. */
    private static final long INTERVAL_90K = 36_000;

    private final PacketRun out;
    private final TsPid patPid = new TsPid(Psi.PAT_PID);
    private final TsPid pmtPid = new TsPid(Psi.PMT_PID);
    private final Bytes pat = Psi.pat();
    private Bytes pmt = Bytes.EMPTY;
    private long last90k;

    PsiRepeater(PacketRun out) {
        this.out = out;
    }

    void begin(Bytes newPmt, long start90k) {
        patPid.restart();
        pmtPid.restart();
        pmt = newPmt;
        write(start90k);
    }

    void writeIfDue(long time90k) {
        if (time90k - last90k >= INTERVAL_90K) {
            write(time90k);
        }
    }

    /** The segment ends: brings both counters back to 0. */
    void finish() {
        for (int missing = patPid.missingToCycle(0); missing > 0; missing--) {
            write(last90k);
        }
    }

    private void write(long time90k) {
        packet(patPid, pat);
        packet(pmtPid, pmt);
        last90k = time90k;
    }

    private void packet(TsPid pid, Bytes payload) {
        int packet = out.next();
        int at = TsPacket.write(out.array(), packet, pid.pid(), true, pid.count(), Adaptation.NONE, payload.length());
        payload.copyTo(0, out.array(), at, payload.length());
    }
}
