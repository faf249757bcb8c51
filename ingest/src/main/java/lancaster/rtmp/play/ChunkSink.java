package lancaster.rtmp.play;

/** The socket of a player, on its loop. */
public interface ChunkSink {
    /** Queues {@code count} bytes of {@code chunks}, which may be released as soon as this returns. */
    void write(SharedChunks chunks, int from, int count);

    /** Sends what is queued. */
    void flush();

    /** Bytes that the kernel has not taken. */
    long pendingBytes();

    /** Bytes that the kernel has taken and not sent; 0 where it doesn't tell. */
    long unsentBytes();

    /** Runs {@code task} on the loop once the kernel has taken all that is queued now, or never if the socket closes. */
    void whenTaken(Runnable task);

    void close();
}
