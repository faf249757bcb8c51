package lancaster.hds;

/**
 * How the packaging of a stream goes.
 *
 * @param fragments made so far
 * @param gaps fragments that could not be made
 * @param unitsPassedOver access units that no fragment took
 */
public record HdsStats(long fragments, long gaps, long unitsPassedOver) {
    static final HdsStats NONE = new HdsStats(0, 0, 0);
}
