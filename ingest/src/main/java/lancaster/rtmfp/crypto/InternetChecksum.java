package lancaster.rtmfp.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of IP, over packets that have no HMAC (RFC 1071, RFC 7425 §4.7). Words are summed in the machine's own byte
 * order, and only the sum is turned around (§2 B).
 *
 * <p>Deviation: an odd byte at the end is the low one of its word, not the high one before a zero, for rtmfp-cpp and
 * MonaServer have it so. Lengths are odd only where there is a sequence number and no HMAC.
 */
final class InternetChecksum {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ORDER);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ORDER);
    private static final boolean LITTLE = ORDER == ByteOrder.LITTLE_ENDIAN;
    private static final int STRIDE_BYTES = 2 * Long.BYTES;
    private static final long LOW = 0xFFFF_FFFFL;

    private InternetChecksum() {}

    static int of(byte[] array, int offset, int length) {
        long sum = 0;
        long more = 0;
        int at = offset;
        int end = offset + length;
        for (; end - at >= STRIDE_BYTES; at += STRIDE_BYTES) {
            long first = (long) LONGS.get(array, at);
            long second = (long) LONGS.get(array, at + Long.BYTES);
            sum += (first >>> 32) + (first & LOW);
            more += (second >>> 32) + (second & LOW);
        }
        for (; end - at >= Short.BYTES; at += Short.BYTES) {
            sum += (short) SHORTS.get(array, at) & 0xFFFF;
        }
        if (at < end) {
            sum += LITTLE ? (array[at] & 0xFF) << 8 : array[at] & 0xFF;
        }
        sum += more;
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        short folded = (short) ~sum;
        return (LITTLE ? Short.reverseBytes(folded) : folded) & 0xFFFF;
    }
}
