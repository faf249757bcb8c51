package lancaster.probe;

/**
 * The time that a transport stream itself says, for streams that didn't come in real time: that of the last clock
 * reference of the first PID that has any (ISO/IEC 13818-1 §2.4.3.5). Steps of the clock are taken out.
 */
final class PcrTime {
    private static final int SYNC_BYTE = 0x47;
    private static final int ADAPTATION = 0x20;
    private static final int PCR_FLAG = 0x10;
    private static final int SHORTEST_FIELD = 7;
    private static final long TICKS_PER_BASE = 300;
    private static final long WRAP_27M = (1L << 33) * TICKS_PER_BASE;
    private static final long STEP_27M = 10L * 27_000_000;

    private int pid = -1;
    private long last27M;
    private long elapsed27M;

    /** Looks at a packet of 188 bytes, and gives back the time, beginning with 0. */
    long atNs(byte[] array, int offset) {
        boolean hasPcr = array[offset] == SYNC_BYTE
                && (array[offset + 3] & ADAPTATION) != 0
                && (array[offset + 4] & 0xFF) >= SHORTEST_FIELD
                && (array[offset + 5] & PCR_FLAG) != 0;
        if (hasPcr) {
            onPcr(((array[offset + 1] & 0x1F) << 8) | (array[offset + 2] & 0xFF), pcr27M(array, offset + 6));
        }
        return elapsed27M * 1_000 / 27;
    }

    private void onPcr(int itsPid, long pcr27M) {
        if (pid < 0) {
            pid = itsPid;
            last27M = pcr27M;
        }
        if (pid == itsPid) {
            long step27M = Math.floorMod(pcr27M - last27M, WRAP_27M);
            elapsed27M += step27M > STEP_27M ? 0 : step27M;
            last27M = pcr27M;
        }
    }

    private static long pcr27M(byte[] array, int at) {
        long base = (array[at] & 0xFFL) << 25
                | (array[at + 1] & 0xFFL) << 17
                | (array[at + 2] & 0xFFL) << 9
                | (array[at + 3] & 0xFFL) << 1
                | (array[at + 4] & 0xFFL) >> 7;
        int extension = ((array[at + 4] & 1) << 8) | (array[at + 5] & 0xFF);
        return base * TICKS_PER_BASE + extension;
    }
}
