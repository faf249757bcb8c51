package lancaster.rtmfp.packet;

/**
 * What every plain packet begins with (RFC 7016 §2.2.4).
 *
 * @param timeCritical the packet carries real-time user data
 * @param timeCriticalReverse the sender receives time critical packets on other sessions
 * @param timestamp low 16 bits of the sender's clock of 4 ms a tick, or {@link #ABSENT}
 * @param timestampEcho what the receiver's own timestamp would be now by the sender's estimate, or {@link #ABSENT}
 */
public record PacketHeader(
        Mode mode, boolean timeCritical, boolean timeCriticalReverse, int timestamp, int timestampEcho) {
    public static final int ABSENT = -1;
    /** Flags, timestamp and timestamp echo. */
    public static final int MAX_BYTES = 5;

    private static final int TC = 0x80;
    private static final int TCR = 0x40;
    private static final int TS = 0x08;
    private static final int TSE = 0x04;
    private static final int MOD = 0x03;
    private static final int MAX_TIMESTAMP = 0xFFFF;

    public PacketHeader {
        if (timestamp < ABSENT
                || timestamp > MAX_TIMESTAMP
                || timestampEcho < ABSENT
                || timestampEcho > MAX_TIMESTAMP) {
            throw new IllegalArgumentException("no timestamps of 16 bits: " + timestamp + ", " + timestampEcho);
        }
    }

    /** Of a packet of session startup. */
    public static PacketHeader startup(int timestamp) {
        return new PacketHeader(Mode.STARTUP, false, false, timestamp, ABSENT);
    }

    static PacketHeader read(PacketCursor in) {
        int flags = in.u8();
        Mode mode = Mode.of(flags & MOD);
        int timestamp = (flags & TS) != 0 ? in.u16() : ABSENT;
        int timestampEcho = (flags & TSE) != 0 ? in.u16() : ABSENT;
        return new PacketHeader(mode, (flags & TC) != 0, (flags & TCR) != 0, timestamp, timestampEcho);
    }

    public int encodedLength() {
        return 1 + (timestamp == ABSENT ? 0 : 2) + (timestampEcho == ABSENT ? 0 : 2);
    }

    void write(PacketWriter out) {
        out.u8((timeCritical ? TC : 0)
                | (timeCriticalReverse ? TCR : 0)
                | (timestamp == ABSENT ? 0 : TS)
                | (timestampEcho == ABSENT ? 0 : TSE)
                | mode.code());
        if (timestamp != ABSENT) {
            out.u16(timestamp);
        }
        if (timestampEcho != ABSENT) {
            out.u16(timestampEcho);
        }
    }
}
