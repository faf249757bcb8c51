package lancaster.rtp;

/** Writes the fixed header of an RTP packet (§5.1) in place, in front of a payload that is there already. */
public final class RtpHeader {
    public static final int SIZE = 12;

    static final int VERSION = 2;
    static final int MARKER = 0x80;
    static final int MAX_PAYLOAD_TYPE = 127;

    private RtpHeader() {}

    /** The low 16 bits of {@code sequence}, the low 32 of {@code timestamp}; no CSRC, no extension, no padding. */
    public static void write(
            byte[] target, int offset, boolean marker, int payloadType, int sequence, long timestamp, int ssrc) {
        target[offset] = (byte) (VERSION << 6);
        target[offset + 1] = (byte) ((marker ? MARKER : 0) | (payloadType & MAX_PAYLOAD_TYPE));
        target[offset + 2] = (byte) (sequence >> 8);
        target[offset + 3] = (byte) sequence;
        u32(target, offset + 4, (int) timestamp);
        u32(target, offset + 8, ssrc);
    }

    private static void u32(byte[] target, int at, int value) {
        target[at] = (byte) (value >> 24);
        target[at + 1] = (byte) (value >> 16);
        target[at + 2] = (byte) (value >> 8);
        target[at + 3] = (byte) value;
    }
}
