package lancaster.mpegts;

import java.util.Arrays;

/** The layout of a transport stream packet (§2.4.3.2) in the array it is written to. */
final class TsPacket {
    static final int SIZE = 188;
    static final int HEADER_SIZE = 4;
    /** What a packet without an adaptation field carries. */
    static final int MAX_PAYLOAD = SIZE - HEADER_SIZE;

    private static final int SYNC_BYTE = 0x47;
    private static final int UNIT_START = 0x4000;
    private static final int ADAPTATION_FIELD = 0x20;
    private static final int PAYLOAD = 0x10;

    private TsPacket() {}

    /**
     * Writes header and adaptation field, stuffed so that {@code payloadLength} bytes are left, which may be 0 (§2.4.3.4).
     *
     * @return where the payload begins
     */
    static int write(
            byte[] target, int at, int pid, boolean unitStart, int counter, Adaptation adaptation, int payloadLength) {
        int pidAndFlags = pid | (unitStart ? UNIT_START : 0);
        int fieldSize = MAX_PAYLOAD - payloadLength;
        target[at] = SYNC_BYTE;
        target[at + 1] = (byte) (pidAndFlags >> 8);
        target[at + 2] = (byte) pidAndFlags;
        target[at + 3] =
                (byte) ((fieldSize > 0 ? ADAPTATION_FIELD : 0) | (payloadLength > 0 ? PAYLOAD : 0) | (counter & 15));
        if (fieldSize > 0) {
            int end = at + HEADER_SIZE + fieldSize;
            target[at + HEADER_SIZE] = (byte) (fieldSize - 1);
            Arrays.fill(target, adaptation.write(target, at + HEADER_SIZE + 1, end), end, (byte) 0xFF);
        }
        return at + HEADER_SIZE + fieldSize;
    }
}
