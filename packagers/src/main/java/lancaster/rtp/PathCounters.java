package lancaster.rtp;

/** What is counted of one path over all sources. */
final class PathCounters {
    private static final int NONE = -1;
    private static final long NEVER = Long.MIN_VALUE;

    private final Reception reception;
    private long received;
    private long lost;
    private long duplicates;
    private long reordered;
    private long onlyHere;
    private long skewNs;
    private long skewMaxNs;
    private long first = NEVER;
    private long highest = NEVER;
    /** Which number would be the second of two in a row, far from all others (§A.1: bad_seq). */
    private int expectedAfterJump = NONE;

    PathCounters(int clockHz) {
        reception = new Reception(clockHz);
    }

    void restart() {
        reception.restart();
        first = NEVER;
        highest = NEVER;
        expectedAfterJump = NONE;
    }

    /** A packet of a number far from all others: whether it is the second in a row. */
    boolean jumpsTwice(int sequence) {
        boolean twice = sequence == expectedAfterJump;
        expectedAfterJump = (sequence + 1) & (SequenceNumber.COUNT - 1);
        return twice;
    }

    /** A packet came that hadn't come here before. */
    void onPacket(long number, RtpPacket packet, long nowNs) {
        expectedAfterJump = NONE;
        received++;
        if (first == NEVER) {
            first = number;
        } else if (number < highest) {
            reordered++;
        }
        highest = Math.max(highest, number);
        reception.on(number, packet, nowNs);
    }

    void onDuplicate() {
        duplicates++;
        reception.onDuplicate();
    }

    void onSkew(long laterNs) {
        skewNs = laterNs;
        if (Math.abs(laterNs) > Math.abs(skewMaxNs)) {
            skewMaxNs = laterNs;
        }
    }

    /** This number hasn't come; those before the first that came don't count. */
    void onMissing(long number) {
        if (first != NEVER && number > first) {
            lost++;
        }
    }

    void onOnlyHere() {
        onlyHere++;
    }

    Reception reception() {
        return reception;
    }

    PathStats stats() {
        return new PathStats(
                received,
                lost,
                duplicates,
                reordered,
                onlyHere,
                reception.jitterNs(),
                skewNs,
                skewMaxNs,
                reception.lastArrivalNs());
    }
}
