package lancaster.rtp;

import java.util.random.RandomGenerator;

/**
 * When a participant may send RTCP (§6.3, §A.7), so that all of them together keep to a share of the session's bandwidth
 * however many they are. Owner: the loop of the session.
 */
final class RtcpTimer {
    static final long MIN_INTERVAL_NS = 5_000_000_000L;

    private static final double NS_PER_S = 1e9;
    private static final double RTCP_SHARE = 0.05;
    private static final double SENDERS_SHARE = 0.25;
    /** e − 3/2: makes up for timer reconsideration, which converges below the average intended. */
    private static final double COMPENSATION = Math.E - 1.5;

    private static final double SIZE_WEIGHT = 1 / 16.0;

    private final double bytesPerS;
    private final RandomGenerator random;
    private boolean initial = true;
    private double averageBytes;
    private int lastMembers = 1;
    private long lastNs;
    private long nextNs;

    /**
     * @param sessionBitsPerS of all senders
     * @param expectedBytes of a packet, IP and UDP headers included
     */
    RtcpTimer(double sessionBitsPerS, int expectedBytes, RandomGenerator random, long nowNs) {
        this.bytesPerS = Math.max(1, sessionBitsPerS * RTCP_SHARE / 8);
        this.random = random;
        this.averageBytes = expectedBytes;
        this.lastNs = nowNs;
    }

    /** Begins to wait. */
    void start(int members, int senders, boolean weSend) {
        lastMembers = members;
        nextNs = lastNs + randomIntervalNs(members, senders, weSend);
    }

    long nextNs() {
        return nextNs;
    }

    /** The time has come: whether to send now; otherwise the time is put off, as more members have come (§6.3.6). */
    boolean expire(int members, int senders, boolean weSend, long nowNs) {
        lastMembers = members;
        nextNs = lastNs + randomIntervalNs(members, senders, weSend);
        return nextNs <= nowNs;
    }

    /** A packet has been sent. */
    void onSent(int bytes, int members, int senders, boolean weSend, long nowNs) {
        onPacket(bytes);
        lastNs = nowNs;
        initial = false;
        nextNs = nowNs + randomIntervalNs(members, senders, weSend);
    }

    /** A packet of this size came, or went. */
    void onPacket(int bytes) {
        averageBytes += (bytes - averageBytes) * SIZE_WEIGHT;
    }

    /** Members have left: those that stay may send earlier (§6.3.4). */
    void onLeft(int members, long nowNs) {
        if (members < lastMembers) {
            double share = members / (double) lastMembers;
            nextNs = nowNs + (long) (share * (nextNs - nowNs));
            lastNs = nowNs - (long) (share * (nowNs - lastNs));
            lastMembers = members;
        }
    }

    /** The interval without its randomness, as receivers have it and after their first packet (§6.3.5). */
    long deterministicNs(int members, int senders) {
        return (long) (seconds(members, senders, false, MIN_INTERVAL_NS / NS_PER_S) * NS_PER_S);
    }

    private long randomIntervalNs(int members, int senders, boolean weSend) {
        double shortest = MIN_INTERVAL_NS / NS_PER_S * (initial ? 0.5 : 1);
        double seconds = seconds(members, senders, weSend, shortest);
        return (long) (seconds * (0.5 + random.nextDouble()) / COMPENSATION * NS_PER_S);
    }

    private double seconds(int members, int senders, boolean weSend, double shortest) {
        double rate = bytesPerS;
        int sharers = members;
        if (senders <= members * SENDERS_SHARE) {
            rate *= weSend ? SENDERS_SHARE : 1 - SENDERS_SHARE;
            sharers = weSend ? senders : members - senders;
        }
        return Math.max(shortest, averageBytes * sharers / rate);
    }
}
