package lancaster.hls;

/**
 * How the packaging of a stream goes.
 *
 * @param gaps segments that are listed without a file, in all formats
 * @param unitsPassedOver access units that no segment took
 * @param unitsRefused access units that a format can't hold
 */
public record HlsStats(long gaps, long unitsPassedOver, long unitsRefused) {
    static final HlsStats NONE = new HlsStats(0, 0, 0);
}
