package lancaster.bench.load;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * What tells one frame from all others whatever it is wrapped in: a checksum of the first slice of a picture, or of a raw
 * AAC frame.
 */
public final class Identity {
    private static final int NAL_TYPE_SLICE = 1;
    private static final int NAL_TYPE_IDR = 5;

    private Identity() {}

    /** Of a picture as FLV has it, each NAL unit behind its length in four bytes; 0 if there is no slice. */
    static long ofLengthPrefixed(byte[] from, int offset, int length) {
        ByteBuffer in = ByteBuffer.wrap(from, offset, length);
        while (in.remaining() > 4) {
            int size = in.getInt();
            if (isSlice(from[in.position()])) {
                return checksum(from, in.position(), size);
            }
            in.position(in.position() + size);
        }
        return 0;
    }

    /** Of a picture as MPEG-TS has it, each NAL unit behind a start code; 0 if there is no slice. */
    public static long ofAnnexB(byte[] from) {
        int start = startCode(from, 0);
        while (start < from.length) {
            int unit = start + 3;
            int next = startCode(from, unit);
            if (unit < from.length && isSlice(from[unit])) {
                int end = next;
                while (end > unit && from[end - 1] == 0) {
                    end--;
                }
                return checksum(from, unit, end - unit);
            }
            start = next;
        }
        return 0;
    }

    public static long checksum(byte[] from, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(from, offset, length);
        return crc.getValue();
    }

    private static boolean isSlice(byte header) {
        int type = header & 31;
        return type == NAL_TYPE_SLICE || type == NAL_TYPE_IDR;
    }

    private static int startCode(byte[] in, int from) {
        for (int i = from; i + 3 <= in.length; i++) {
            if (in[i] == 0 && in[i + 1] == 0 && in[i + 2] == 1) {
                return i;
            }
        }
        return in.length;
    }
}
