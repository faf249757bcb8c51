package lancaster.net;

/**
 * How long a loop may leave its sockets alone: the least that anybody said in this second or the one before. Owner: its
 * loop.
 */
final class Patience {
    /**
     * Where nobody says how long: a fraction of a frame, less than whoever lists frames for others takes anyway. With
     * what has gathered by then, whoever hands something in waits for less than 5 ms.
     */
    static final long USUAL_NS = 4_000_000;

    private static final long PERIOD_NS = 1_000_000_000;
    private static final long UNSAID = Long.MAX_VALUE;

    private long periodNs;
    private long leastNs = UNSAID;
    private long leastBeforeNs = UNSAID;

    Patience(long nowNs) {
        this.periodNs = nowNs;
    }

    void atMost(long ns, long nowNs) {
        turn(nowNs);
        leastNs = Math.min(leastNs, ns);
    }

    long ns(long nowNs) {
        turn(nowNs);
        long said = Math.min(leastNs, leastBeforeNs);
        return said == UNSAID ? USUAL_NS : said;
    }

    private void turn(long nowNs) {
        long passedNs = nowNs - periodNs;
        if (passedNs >= PERIOD_NS) {
            leastBeforeNs = passedNs < 2 * PERIOD_NS ? leastNs : UNSAID;
            leastNs = UNSAID;
            periodNs = nowNs;
        }
    }
}
