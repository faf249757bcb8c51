package lancaster.rtp;

/**
 * What one path has brought.
 *
 * @param lost of those that could be known to be sent, duplicates not counted
 * @param onlyHere what no other path brought
 * @param jitterNs interarrival jitter (§6.4.1)
 * @param skewNs how much later than on the other path the last packet came that both brought; below 0: earlier
 * @param skewMaxNs the greatest skew in either direction, with its sign
 * @param lastArrivalNs on the clock of the loop; {@link Long#MIN_VALUE}: nothing came yet
 */
public record PathStats(
        long received,
        long lost,
        long duplicates,
        long reordered,
        long onlyHere,
        long jitterNs,
        long skewNs,
        long skewMaxNs,
        long lastArrivalNs) {}
