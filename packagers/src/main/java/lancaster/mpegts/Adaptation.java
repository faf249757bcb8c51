package lancaster.mpegts;

/**
 * What the adaptation field at the start of a unit says (§2.4.3.5).
 *
 * @param pcr27m program clock reference in ticks of 27 MHz, or {@link #NO_PCR}
 */
record Adaptation(boolean discontinuity, boolean randomAccess, long pcr27m) {
    static final long NO_PCR = -1;
    static final Adaptation NONE = new Adaptation(false, false, NO_PCR);

    private static final int DISCONTINUITY = 0x80;
    private static final int RANDOM_ACCESS = 0x40;
    private static final int PCR = 0x10;

    /** Bytes that the field takes at least, its length byte included. */
    int size() {
        return hasPcr() ? 8 : discontinuity || randomAccess ? 2 : 0;
    }

    /** Writes the field behind its length byte, unless it ends there; gives where stuffing begins. */
    int write(byte[] target, int at, int end) {
        if (at == end) {
            return at;
        }
        target[at] = (byte)
                ((discontinuity ? DISCONTINUITY : 0) | (randomAccess ? RANDOM_ACCESS : 0) | (hasPcr() ? PCR : 0));
        if (!hasPcr()) {
            return at + 1;
        }
        // 33 bits of base, which counts 90 kHz, 6 reserved, 9 of extension, which counts on to 300 (§2.4.3.5).
        long base = pcr27m / TsClock.TICKS_OF_27M;
        int extension = (int) (pcr27m % TsClock.TICKS_OF_27M);
        target[at + 1] = (byte) (base >> 25);
        target[at + 2] = (byte) (base >> 17);
        target[at + 3] = (byte) (base >> 9);
        target[at + 4] = (byte) (base >> 1);
        target[at + 5] = (byte) (base << 7 | 0x7E | extension >> 8);
        target[at + 6] = (byte) extension;
        return at + 7;
    }

    private boolean hasPcr() {
        return pcr27m != NO_PCR;
    }
}
