package lancaster.publisher;

/**
 * What a {@link Replay} has sent.
 *
 * @param pictures video access units
 * @param bytes of all access units, without what RTMP adds
 */
public record ReplayStats(long pictures, long bytes) {}
