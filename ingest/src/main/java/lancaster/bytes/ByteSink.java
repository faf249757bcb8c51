package lancaster.bytes;

/** Takes bytes in order, such as those of a segment. The array stays the caller's: the sink neither keeps nor changes it. */
@FunctionalInterface
public interface ByteSink {
    void write(byte[] array, int offset, int length);

    /** The payload of an access unit, which other sinks may be given too: whoever cares may know it again. */
    default void payload(Bytes payload) {
        payload.writeTo(this);
    }
}
