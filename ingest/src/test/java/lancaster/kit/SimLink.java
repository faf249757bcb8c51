package lancaster.kit;

import java.util.random.RandomGenerator;

/**
 * One direction of a link in virtual time: what it does to the packets that are put on it. Several hosts may share one:
 * then they compete for its rate and its queue.
 */
public final class SimLink {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long BITS = 8;

    /**
     * @param jitterNs at most so much more delay, evenly spread; packets don't overtake each other by it
     * @param loss share of packets that get lost, 0 to 1
     * @param reorder share of packets that are late by {@code delayNs} once more, and are overtaken
     * @param duplicate share of packets that come twice
     * @param mtuBytes longer packets are lost
     * @param rateBitsPerSecond 0 for no limit
     * @param queueBytes may wait for a limited rate; more are lost
     */
    public record Settings(
            long delayNs,
            long jitterNs,
            double loss,
            double reorder,
            double duplicate,
            int mtuBytes,
            long rateBitsPerSecond,
            int queueBytes) {
        public static final Settings IDEAL = new Settings(0, 0, 0, 0, 0, 65_535, 0, Integer.MAX_VALUE);

        public static Settings delayMs(long delayMs) {
            return new Settings(delayMs * 1_000_000, 0, 0, 0, 0, 65_535, 0, Integer.MAX_VALUE);
        }

        public Settings jitterMs(long jitterMs) {
            return new Settings(
                    delayNs, jitterMs * 1_000_000, loss, reorder, duplicate, mtuBytes, rateBitsPerSecond, queueBytes);
        }

        public Settings loss(double share) {
            return new Settings(delayNs, jitterNs, share, reorder, duplicate, mtuBytes, rateBitsPerSecond, queueBytes);
        }

        public Settings reorder(double share) {
            return new Settings(delayNs, jitterNs, loss, share, duplicate, mtuBytes, rateBitsPerSecond, queueBytes);
        }

        public Settings duplicate(double share) {
            return new Settings(delayNs, jitterNs, loss, reorder, share, mtuBytes, rateBitsPerSecond, queueBytes);
        }

        public Settings mtu(int bytes) {
            return new Settings(delayNs, jitterNs, loss, reorder, duplicate, bytes, rateBitsPerSecond, queueBytes);
        }

        public Settings rate(long bitsPerSecond, int queue) {
            return new Settings(delayNs, jitterNs, loss, reorder, duplicate, mtuBytes, bitsPerSecond, queue);
        }
    }

    private final SimRunLoop loop;
    private final RandomGenerator random;
    private Settings settings;
    private long busyUntilNs;
    private long lastArrivalNs;
    private long sentPackets;
    private long lostPackets;

    SimLink(SimRunLoop loop, RandomGenerator random, Settings settings) {
        this.loop = loop;
        this.random = random;
        this.settings = settings;
    }

    public Settings settings() {
        return settings;
    }

    /** For packets from now on. */
    public void settings(Settings next) {
        settings = next;
    }

    public long sentPackets() {
        return sentPackets;
    }

    public long lostPackets() {
        return lostPackets;
    }

    /** Carries a packet of so many bytes; {@code arrive} runs where and as often as it comes out. */
    public void carry(int bytes, Runnable arrive) {
        sentPackets++;
        long nowNs = loop.nowNs();
        long waitNs = Math.max(0, busyUntilNs - nowNs);
        boolean full = settings.rateBitsPerSecond > 0
                && waitNs > 0
                && waitNs * settings.rateBitsPerSecond / BITS / NS_PER_SECOND + bytes > settings.queueBytes;
        if (bytes > settings.mtuBytes || full || random.nextDouble() < settings.loss) {
            lostPackets++;
            return;
        }
        long leavesNs = nowNs;
        if (settings.rateBitsPerSecond > 0) {
            leavesNs += waitNs + bytes * BITS * NS_PER_SECOND / settings.rateBitsPerSecond;
            busyUntilNs = leavesNs;
        }
        long jitterNs = settings.jitterNs == 0 ? 0 : random.nextLong(settings.jitterNs);
        long arrivesNs = leavesNs + settings.delayNs + jitterNs;
        if (settings.reorder > 0 && random.nextDouble() < settings.reorder) {
            arrivesNs += settings.delayNs + settings.jitterNs;
        } else {
            arrivesNs = Math.max(arrivesNs, lastArrivalNs);
            lastArrivalNs = arrivesNs;
        }
        loop.schedule(arrivesNs - nowNs, arrive);
        if (settings.duplicate > 0 && random.nextDouble() < settings.duplicate) {
            loop.schedule(arrivesNs - nowNs + settings.delayNs / 2, arrive);
        }
    }
}
