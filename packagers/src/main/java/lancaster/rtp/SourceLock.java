package lancaster.rtp;

/**
 * Which source of all that send to the port is received (§A.1): the first with two consecutive packets, until it says
 * goodbye or is silent for a while and another has two consecutive packets.
 */
final class SourceLock {
    enum Verdict {
        /** Of the source that is received. */
        OURS,
        /** Not yet to be told from noise. */
        ON_PROBATION,
        FOREIGN,
        /** Of a source that is received from now on. */
        TAKEN_OVER
    }

    /** Who may come next, as one path sees it. */
    private static final class Candidate {
        boolean known;
        int ssrc;
        int expected;

        /** Whether this is the second of two consecutive packets (MIN_SEQUENTIAL). */
        boolean follows(RtpPacket packet) {
            boolean follows = known && ssrc == packet.ssrc() && expected == packet.sequence();
            known = true;
            ssrc = packet.ssrc();
            expected = (packet.sequence() + 1) & (SequenceNumber.COUNT - 1);
            return follows;
        }
    }

    private final long takeoverNs;
    private final Candidate[] candidates = new Candidate[RtpReorderBuffer.MAX_PATHS];
    private boolean locked;
    private boolean left;
    private int ssrc;
    private long lastNs;

    SourceLock(long takeoverNs) {
        this.takeoverNs = takeoverNs;
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = new Candidate();
        }
    }

    Verdict judge(int path, RtpPacket packet, long nowNs) {
        if (locked && packet.ssrc() == ssrc) {
            lastNs = nowNs;
            left = false;
            return Verdict.OURS;
        }
        boolean follows = candidates[path].follows(packet);
        boolean free = !locked || left || nowNs - lastNs > takeoverNs;
        if (free && follows) {
            locked = true;
            left = false;
            ssrc = packet.ssrc();
            lastNs = nowNs;
            return Verdict.TAKEN_OVER;
        }
        return free ? Verdict.ON_PROBATION : Verdict.FOREIGN;
    }

    void bye(int source) {
        left |= locked && source == ssrc;
    }

    boolean locked() {
        return locked;
    }

    int ssrc() {
        return ssrc;
    }
}
