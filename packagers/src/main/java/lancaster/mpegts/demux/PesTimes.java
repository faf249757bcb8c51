package lancaster.mpegts.demux;

import java.util.Optional;

/**
 * The timestamps of a PES packet (§2.4.3.7), 33 bits each.
 *
 * @param dts the decoding time; the presentation time where it isn't given
 */
public record PesTimes(long pts, long dts) {
    private static final int START_CODE_SIZE = 3;
    /** Bytes up to PES_header_data_length. */
    static final int FIXED_SIZE = 9;

    private static final int TIMESTAMP_SIZE = 5;

    /**
     * Reads the start of a PES packet as far as it lies in one TS packet. Empty where there is no timestamp, or none that
     * can be read.
     */
    public static Optional<PesTimes> parse(byte[] array, int offset, int length) {
        if (length < FIXED_SIZE || !startsPes(array, offset) || !hasHeader(array[offset + START_CODE_SIZE])) {
            return Optional.empty();
        }
        return read(array, offset, Math.min(length, FIXED_SIZE + (array[offset + 8] & 0xFF)));
    }

    static boolean startsPes(byte[] array, int offset) {
        return array[offset] == 0 && array[offset + 1] == 0 && array[offset + 2] == 1;
    }

    /** Whether packets of this stream_id have flags and timestamps (Table 2-21): padding and control streams don't. */
    static boolean hasHeader(int streamId) {
        return switch (streamId & 0xFF) {
            case 0xBC, 0xBE, 0xBF, 0xF0, 0xF1, 0xF2, 0xF8, 0xFF -> false;
            default -> true;
        };
    }

    /** @param length of the whole header */
    static Optional<PesTimes> read(byte[] array, int offset, int length) {
        int flags = array[offset + 7] >> 6 & 3;
        boolean hasDts = flags == 3;
        if (flags < 2 || length < FIXED_SIZE + (hasDts ? 2 : 1) * TIMESTAMP_SIZE) {
            return Optional.empty();
        }
        long pts = timestamp(array, offset + FIXED_SIZE);
        long dts = hasDts ? timestamp(array, offset + FIXED_SIZE + TIMESTAMP_SIZE) : pts;
        return pts < 0 || dts < 0 ? Optional.empty() : Optional.of(new PesTimes(pts, dts));
    }

    /** Negative where a marker bit is missing. */
    private static long timestamp(byte[] array, int at) {
        if ((array[at] & array[at + 2] & array[at + 4] & 1) == 0) {
            return -1;
        }
        return (array[at] & 0x0EL) << 29
                | (array[at + 1] & 0xFFL) << 22
                | (array[at + 2] & 0xFEL) << 14
                | (array[at + 3] & 0xFFL) << 7
                | (array[at + 4] & 0xFEL) >> 1;
    }
}
