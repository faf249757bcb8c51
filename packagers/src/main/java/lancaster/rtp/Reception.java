package lancaster.rtp;

/** What one path brings of one source, as a receiver reports it (§6.4.1, §A.3, §A.8). */
final class Reception {
    private static final double NS_PER_S = 1e9;
    private static final long FRACTION_ONE = 256;
    /** The cumulative number of lost packets has 24 bits, signed. */
    private static final long MAX_LOST = 0x7F_FFFF;

    private final int clockHz;
    private boolean begun;
    private long base;
    private long highest;
    private long received;
    private double jitter;
    private long lastTimestamp;
    private long lastNs = Long.MIN_VALUE;
    private long reportedExpected;
    private long reportedReceived;

    Reception(int clockHz) {
        this.clockHz = clockHz;
    }

    /** Another source comes. */
    void restart() {
        begun = false;
        received = 0;
        jitter = 0;
        reportedExpected = 0;
        reportedReceived = 0;
    }

    /** @param extended the packet's number without wrap-around */
    void on(long extended, RtpPacket packet, long arrivalNs) {
        if (begun) {
            // A marker tells that timestamps have jumped (RFC 2250 §2): that is no jitter.
            if (!packet.marker()) {
                double arrived = (arrivalNs - lastNs) * (double) clockHz / NS_PER_S;
                double difference = arrived - (int) (packet.timestamp() - lastTimestamp);
                jitter += (Math.abs(difference) - jitter) / 16;
            }
            base = Math.min(base, extended);
            highest = Math.max(highest, extended);
        } else {
            begun = true;
            base = extended;
            highest = extended;
        }
        received++;
        lastTimestamp = packet.timestamp();
        lastNs = arrivalNs;
    }

    /** Counts as received, which can make the loss negative (§6.4.1). */
    void onDuplicate() {
        received++;
    }

    /** What happened since the last report. */
    ReportBlock report(int ssrc, long lastSenderReport, long delaySinceLastSenderReport) {
        long expected = begun ? highest - base + 1 : 0;
        long lost = Math.max(-MAX_LOST - 1, Math.min(MAX_LOST, expected - received));
        long expectedNow = expected - reportedExpected;
        long lostNow = expectedNow - (received - reportedReceived);
        reportedExpected = expected;
        reportedReceived = received;
        int fraction = expectedNow <= 0 || lostNow <= 0
                ? 0
                : (int) Math.min(FRACTION_ONE - 1, lostNow * FRACTION_ONE / expectedNow);
        return new ReportBlock(
                ssrc,
                fraction,
                (int) lost,
                highest & 0xFFFF_FFFFL,
                (long) jitter & 0xFFFF_FFFFL,
                lastSenderReport,
                delaySinceLastSenderReport);
    }

    long jitterNs() {
        return (long) (jitter * NS_PER_S / clockHz);
    }

    long lastArrivalNs() {
        return lastNs;
    }
}
