package lancaster.codec.aac;

/** samplingFrequencyIndex (§1.6.3.4, Table 1.18). */
final class SamplingFrequency {
    /** The index that says that 24 bits with the frequency follow. */
    static final int ESCAPE = 15;

    private static final int[] HZ = {
        96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350
    };

    private SamplingFrequency() {}

    /** Hz, or 0 for a reserved index. */
    static int ofIndex(int index) {
        return index < HZ.length ? HZ[index] : 0;
    }

    /** The index of a frequency, or -1 where only the escape can say it. */
    static int indexOf(int hz) {
        for (int i = 0; i < HZ.length; i++) {
            if (HZ[i] == hz) {
                return i;
            }
        }
        return -1;
    }
}
