package lancaster.probe;

/** Bursts and gaps of datagrams. */
final class DatagramMeter {
    private static final long BURST_NS = 1_000_000;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_SECOND = 1e9;
    private static final int BITS = 8;
    /** The times of the last datagrams, in a ring: the window of a burst can't hold more. */
    private static final int RING = 4_096;

    private final long[] times = new long[RING];
    private long datagrams;
    private long bytes;
    private long firstNs;
    private long lastNs;
    private long longestGapNs;
    private long oldest;
    private int largestBurst;
    private int smallestBytes = Integer.MAX_VALUE;
    private int largestBytes;

    void datagram(int length, long nowNs) {
        if (datagrams == 0) {
            firstNs = nowNs;
        } else {
            longestGapNs = Math.max(longestGapNs, nowNs - lastNs);
        }
        lastNs = nowNs;
        times[(int) (datagrams % RING)] = nowNs;
        datagrams++;
        bytes += length;
        smallestBytes = Math.min(smallestBytes, length);
        largestBytes = Math.max(largestBytes, length);
        oldest = Math.max(oldest, datagrams - RING);
        while (nowNs - times[(int) (oldest % RING)] >= BURST_NS) {
            oldest++;
        }
        largestBurst = Math.max(largestBurst, (int) (datagrams - oldest));
    }

    boolean isEmpty() {
        return datagrams == 0;
    }

    DatagramReport report() {
        double spanNs = lastNs - firstNs;
        return new DatagramReport(
                datagrams,
                bytes,
                spanNs == 0 ? 0 : Math.round(bytes * BITS / (spanNs / NS_PER_SECOND)),
                largestBurst,
                longestGapNs / NS_PER_MS,
                datagrams < 2 ? 0 : spanNs / NS_PER_MS / (datagrams - 1),
                datagrams == 0 ? 0 : smallestBytes,
                largestBytes);
    }
}
