package lancaster.rtp;

/** Arithmetic of 16-bit sequence numbers, which wrap (§A.1). */
public final class SequenceNumber {
    public static final int COUNT = 1 << 16;

    private SequenceNumber() {}

    /** How far {@code a} is ahead of {@code b}: -32768 to 32767. */
    public static int difference(int a, int b) {
        return (short) (a - b);
    }

    /** The number without wrap-around that ends in {@code sequence} and lies nearest to {@code near}. */
    public static long extend(int sequence, long near) {
        return near + difference(sequence, (int) near);
    }
}
