package lancaster.stream;

import java.util.Optional;
import lancaster.media.Timebase;
import lancaster.stream.StreamStats.GopStats;

/** Counts what arrives on a track. Owner: the stream's loop. */
final class TrackMeter {
    private static final int SECONDS = 10;

    private final long[] bytesInSecond = new long[SECONDS];
    private final long[] unitsInSecond = new long[SECONDS];
    private int seconds;
    private long bytesNow;
    private long unitsNow;

    private long bytes;
    private long units;
    private long dropped;
    private long lastNs;

    private boolean inGop;
    private long gopStart90k;
    private long gopEnd90k;
    private int gopFrames;
    private int lastGopFrames;
    private long lastGop90k;
    private int longestGopFrames;
    private long longestGop90k;

    void unit(int length, long nowNs) {
        units++;
        unitsNow++;
        bytes += length;
        bytesNow += length;
        lastNs = nowNs;
    }

    void drop() {
        dropped++;
    }

    /** A video access unit takes its place on the timeline. */
    void frame(boolean randomAccess, long dts90k) {
        if (randomAccess) {
            if (inGop) {
                gopEnd90k = dts90k;
                closeGop();
            }
            inGop = true;
            gopStart90k = dts90k;
            gopFrames = 0;
        }
        gopFrames++;
        gopEnd90k = dts90k;
    }

    /** A discontinuity: the group of pictures was broken off and says nothing. */
    void breakGop() {
        inGop = false;
    }

    /** A second is over. */
    void tick() {
        bytesInSecond[seconds % SECONDS] = bytesNow;
        unitsInSecond[seconds % SECONDS] = unitsNow;
        seconds++;
        bytesNow = 0;
        unitsNow = 0;
    }

    long units() {
        return units;
    }

    long bytes() {
        return bytes;
    }

    long dropped() {
        return dropped;
    }

    long ageMs(long nowNs) {
        return (nowNs - lastNs) / 1_000_000;
    }

    long bitsPerSecond() {
        return seconds == 0 ? 0 : 8 * bytesInSecond[(seconds - 1) % SECONDS];
    }

    long averageBitsPerSecond() {
        return Math.round(8 * average(bytesInSecond));
    }

    double framesPerSecond() {
        return average(unitsInSecond);
    }

    /** Absent before the first group of pictures is complete; the longest may be the one that is still open. */
    Optional<GopStats> gop() {
        if (lastGopFrames == 0) {
            return Optional.empty();
        }
        return Optional.of(new GopStats(
                lastGopFrames,
                Timebase.toMs(lastGop90k),
                Math.max(longestGopFrames, inGop ? gopFrames : 0),
                Timebase.toMs(Math.max(longestGop90k, inGop ? gopEnd90k - gopStart90k : 0))));
    }

    private void closeGop() {
        lastGopFrames = gopFrames;
        lastGop90k = gopEnd90k - gopStart90k;
        longestGopFrames = Math.max(longestGopFrames, lastGopFrames);
        longestGop90k = Math.max(longestGop90k, lastGop90k);
    }

    private double average(long[] inSecond) {
        int counted = Math.min(seconds, SECONDS);
        long sum = 0;
        for (int i = 0; i < counted; i++) {
            sum += inSecond[i];
        }
        return counted == 0 ? 0 : (double) sum / counted;
    }
}
