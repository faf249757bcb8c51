package lancaster.mpegts.analysis;

/** Counts bytes by seconds. */
final class RateMeter {
    private static final int SECONDS = 10;

    private final long[] bytes = new long[SECONDS];
    private long current;
    private int complete;
    private int next;

    void add(int count) {
        current += count;
    }

    /** A second is over. */
    void tick() {
        bytes[next] = current;
        next = (next + 1) % SECONDS;
        complete = Math.min(SECONDS, complete + 1);
        current = 0;
    }

    long bitsPerSecond() {
        return complete == 0 ? 0 : 8 * bytes[(next + SECONDS - 1) % SECONDS];
    }

    long averageBitsPerSecond() {
        long sum = 0;
        for (long second : bytes) {
            sum += second;
        }
        return complete == 0 ? 0 : 8 * sum / complete;
    }
}
