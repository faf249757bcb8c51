package lancaster.config;

/**
 * Where segments lie.
 *
 * @param segmentLimitBytes of all segments of all streams; the oldest go first
 */
public record StorageConfig(long segmentLimitBytes) {
    public static final StorageConfig DEFAULTS = new StorageConfig(4L << 30);
}
