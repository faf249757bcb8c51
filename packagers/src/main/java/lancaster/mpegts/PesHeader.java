package lancaster.mpegts;

/** The header of a PES packet (§2.4.3.6) with PTS, and with DTS where it differs. */
final class PesHeader {
    static final int VIDEO = 0xE0;
    static final int AUDIO = 0xC0;
    /** With both timestamps. */
    static final int MAX_SIZE = 19;

    private static final int MAX_PACKET_LENGTH = 0xFFFF;
    private static final int LENGTH_COUNTS_FROM = 6;

    private final int streamId;
    private final byte[] array = new byte[MAX_SIZE];

    PesHeader(int streamId) {
        this.streamId = streamId;
    }

    static int size(long pts, long dts) {
        return pts == dts ? 14 : MAX_SIZE;
    }

    /** Fills the header and gives its size. A payload too long for the length field makes it 0, as video may (§2.4.3.7). */
    int fill(long pts, long dts, int payloadLength) {
        boolean hasDts = pts != dts;
        int size = size(pts, dts);
        int length = size - LENGTH_COUNTS_FROM + payloadLength;
        int written = length > MAX_PACKET_LENGTH ? 0 : length;
        array[2] = 1;
        array[3] = (byte) streamId;
        array[4] = (byte) (written >> 8);
        array[5] = (byte) written;
        // Marker bits and data_alignment_indicator: an access unit, or a frame of audio, begins right behind.
        array[6] = (byte) 0x84;
        array[7] = (byte) (hasDts ? 0xC0 : 0x80);
        array[8] = (byte) (size - 9);
        timestamp(9, hasDts ? 3 : 2, pts);
        if (hasDts) {
            timestamp(14, 1, dts);
        }
        return size;
    }

    byte[] array() {
        return array;
    }

    /** 33 bits in 3, 15 and 15, each with a marker bit behind. */
    private void timestamp(int at, int prefix, long value) {
        array[at] = (byte) ((prefix << 4) | (value >> 29 & 0x0E) | 1);
        array[at + 1] = (byte) (value >> 22);
        array[at + 2] = (byte) (value >> 14 | 1);
        array[at + 3] = (byte) (value >> 7);
        array[at + 4] = (byte) (value << 1 | 1);
    }
}
