package lancaster.mpegts;

/**
 * Cuts PES packets of one PID into the TS packets of a segment. The last bytes of a PES packet stay here until the next
 * one begins, because only then it is known that it wasn't the segment's last: {@link #finish} spreads those over as
 * many packets as bring the continuity counter back to 0.
 */
final class PesPacketizer {
    /** One byte for each packet that may be needed to complete a cycle of the counter. */
    private static final int MIN_TAIL = TsPid.COUNTER_CYCLE;

    private static final int MAX_TAIL = TsPacket.MAX_PAYLOAD + MIN_TAIL - 1;

    private final PacketRun out;
    private final TsPid pid;
    private final byte[] tail = new byte[MAX_TAIL];
    private int tailLength;
    private Adaptation adaptation = Adaptation.NONE;
    private boolean unitStart;
    private int remaining;
    private int space;
    private int at;

    PesPacketizer(PacketRun out, TsPid pid) {
        this.out = out;
        this.pid = pid;
    }

    TsPid pid() {
        return pid;
    }

    /** Forgets what a segment that never ended has left. */
    void restart() {
        pid.restart();
        tailLength = 0;
        remaining = 0;
        space = 0;
        unitStart = false;
        adaptation = Adaptation.NONE;
    }

    /** Writes all that is left of {@code pes}, and before it what was held back of the one before. */
    void write(PesPacket pes, Adaptation first) {
        writeTail(tailPackets());
        adaptation = first;
        unitStart = true;
        remaining = pes.remaining();
        while (remaining > 0) {
            int part = room(remaining);
            pes.read(space > 0 ? out.array() : tail, at, part);
            advance(part);
        }
    }

    /** Writes the first packet of a unit that is held whole, so that others may stand behind its clock reference. */
    void releaseStart() {
        if (unitStart && tailLength > MIN_TAIL) {
            int payload = Math.min(capacity(), tailLength - MIN_TAIL);
            open(payload);
            System.arraycopy(tail, 0, out.array(), at, payload);
            System.arraycopy(tail, payload, tail, 0, tailLength - payload);
            tailLength -= payload;
            space = 0;
        }
    }

    /** The segment ends: writes what was held back, so that the number of packets is a multiple of 16. */
    void finish() {
        int needed = tailPackets();
        writeTail(needed + (needed == 0 ? 0 : pid.missingToCycle(needed)));
    }

    /** How many of {@code wanted} bytes go to {@link #at} in one piece: of a packet, or else of the tail. */
    private int room(int wanted) {
        if (space == 0) {
            int payload = Math.min(capacity(), remaining);
            // The first packet of a segment goes out even if that leaves room in it: it stands where its unit stands.
            if (remaining - payload < MIN_TAIL && pid.isFresh()) {
                payload = remaining - MIN_TAIL;
            }
            if (payload <= 0 || remaining - payload < MIN_TAIL) {
                at = tailLength;
                return wanted;
            }
            open(payload);
        }
        return Math.min(space, wanted);
    }

    private void advance(int count) {
        remaining -= count;
        at += count;
        if (space > 0) {
            space -= count;
        } else {
            tailLength += count;
        }
    }

    private void open(int payload) {
        int packet = out.next();
        at = TsPacket.write(out.array(), packet, pid.pid(), unitStart, pid.count(), adaptation, payload);
        space = payload;
        unitStart = false;
        adaptation = Adaptation.NONE;
    }

    private int capacity() {
        return TsPacket.MAX_PAYLOAD - adaptation.size();
    }

    private int tailPackets() {
        int behindFirst = tailLength - capacity();
        return tailLength == 0 ? 0 : 1 + Math.max(0, -Math.floorDiv(-behindFirst, TsPacket.MAX_PAYLOAD));
    }

    /** Fills packets as far as a byte is left for each that follows. */
    private void writeTail(int packets) {
        int written = 0;
        for (int more = packets - 1; more >= 0; more--) {
            int payload = Math.min(capacity(), tailLength - written - more);
            open(payload);
            System.arraycopy(tail, written, out.array(), at, payload);
            written += payload;
        }
        tailLength = 0;
        space = 0;
    }
}
