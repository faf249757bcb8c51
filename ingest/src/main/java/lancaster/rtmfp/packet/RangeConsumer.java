package lancaster.rtmfp.packet;

/** Takes ranges of sequence numbers in ascending order, with at least one missing number between two of them. */
@FunctionalInterface
public interface RangeConsumer {
    /** All from {@code first} through {@code last}. */
    void range(long first, long last);
}
