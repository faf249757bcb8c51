package lancaster.rtp;

import lancaster.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A received RTP packet (§5.1). CSRCs, header extension and padding are skipped.
 *
 * @param bytes the whole packet
 * @param timestamp unsigned 32 bits
 */
public record RtpPacket(
        Bytes bytes, boolean marker, int payloadType, int sequence, long timestamp, int ssrc, Bytes payload) {
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int CSRC_COUNT = 0x0F;
    private static final int WORD = 4;
    /** RFC 5761 §4: what a second byte says that is RTCP on a shared port. */
    private static final int FIRST_RTCP = 192;

    private static final int LAST_RTCP = 223;

    /** The packet in {@code bytes}, which it keeps; null where that is no RTP packet (§A.1). */
    public static @Nullable RtpPacket parse(Bytes bytes) {
        if (bytes.length() < RtpHeader.SIZE || bytes.u8(0) >> 6 != RtpHeader.VERSION || isRtcp(bytes)) {
            return null;
        }
        int first = bytes.u8(0);
        int start = RtpHeader.SIZE + WORD * (first & CSRC_COUNT);
        if ((first & EXTENSION) != 0) {
            if (start + WORD > bytes.length()) {
                return null;
            }
            start += WORD + WORD * bytes.u16(start + 2);
        }
        int padding = 0;
        if ((first & PADDING) != 0) {
            padding = bytes.u8(bytes.length() - 1);
            if (padding == 0) {
                return null;
            }
        }
        int length = bytes.length() - start - padding;
        if (length < 0) {
            return null;
        }
        int second = bytes.u8(1);
        return new RtpPacket(
                bytes,
                (second & RtpHeader.MARKER) != 0,
                second & RtpHeader.MAX_PAYLOAD_TYPE,
                bytes.u16(2),
                bytes.u32(4),
                bytes.i32(8),
                bytes.slice(start, length));
    }

    private static boolean isRtcp(Bytes bytes) {
        return bytes.u8(1) >= FIRST_RTCP && bytes.u8(1) <= LAST_RTCP;
    }
}
