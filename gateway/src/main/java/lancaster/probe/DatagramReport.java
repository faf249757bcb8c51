package lancaster.probe;

/**
 * How datagrams came, by the clock of this program, which takes them from the kernel in batches.
 *
 * @param bitsPerSecond of their payload, from the first to the last
 * @param largestBurst most datagrams within a millisecond
 * @param longestGapMs longest time between two
 * @param meanGapMs mean time between two
 * @param smallestBytes the payload of the shortest
 * @param largestBytes and of the longest
 */
public record DatagramReport(
        long datagrams,
        long bytes,
        long bitsPerSecond,
        int largestBurst,
        double longestGapMs,
        double meanGapMs,
        int smallestBytes,
        int largestBytes) {}
