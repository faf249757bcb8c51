package lancaster.bytes;

/** Takes bytes in order, such as those of a segment. What it is given is the caller's again when it returns. */
@FunctionalInterface
public interface ByteSink {
    void write(byte[] array, int offset, int length);
}
