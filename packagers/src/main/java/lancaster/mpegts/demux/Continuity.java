package lancaster.mpegts.demux;

/** Follows the continuity counter of one PID (§2.4.3.3). */
public final class Continuity {
    private static final int UNKNOWN = -1;

    private int last = UNKNOWN;
    /** Stands for the payload of the packet with the last counter. */
    private int fingerprint;

    private boolean repeated;
    private int missing;

    /** What a packet's counter says. */
    public enum Verdict {
        /** The next packet, or one without payload, which isn't counted. */
        NEXT,
        /** The same packet once more, which is allowed once; its payload is to be passed over. */
        DUPLICATE,
        /** Packets before this one are missing. */
        GAP,
        /** The sender says that it begins anew here. */
        RESTART
    }

    public Verdict check(TsPacketHeader packet) {
        missing = 0;
        if (!packet.hasPayload()) {
            return packet.discontinuity() ? begin(packet) : Verdict.NEXT;
        }
        int counter = packet.continuityCounter();
        boolean next = last == UNKNOWN || counter == next();
        if (!next && packet.discontinuity()) {
            return begin(packet);
        }
        int print = packet.fingerprint();
        if (counter == last && print == fingerprint && !repeated) {
            repeated = true;
            return Verdict.DUPLICATE;
        }
        missing = next || counter == last ? 0 : Math.floorMod(counter - next(), TsPacketHeader.COUNTER_CYCLE);
        last = counter;
        fingerprint = print;
        repeated = false;
        return next ? Verdict.NEXT : Verdict.GAP;
    }

    private Verdict begin(TsPacketHeader packet) {
        last = packet.hasPayload() ? packet.continuityCounter() : UNKNOWN;
        fingerprint = packet.hasPayload() ? packet.fingerprint() : 0;
        repeated = false;
        return Verdict.RESTART;
    }

    /** How many packets are missing before the last one checked, as 4 bits tell: modulo 16. */
    public int missing() {
        return missing;
    }

    /** Whatever comes next is right. */
    public void restart() {
        last = UNKNOWN;
        repeated = false;
    }

    private int next() {
        return (last + 1) % TsPacketHeader.COUNTER_CYCLE;
    }
}
