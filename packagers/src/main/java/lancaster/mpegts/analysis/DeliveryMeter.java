package lancaster.mpegts.analysis;

import java.util.Arrays;
import java.util.Optional;

/**
 * The media delivery index (RFC 4445 §3): what fills and drains a virtual buffer in each second, and what is lost. The
 * media rate is known when the second is over, so that the arrivals are kept until then.
 */
final class DeliveryMeter {
    private static final long INTERVAL_NS = 1_000_000_000;
    /** A second with more datagrams is cut short. */
    private static final int MAX_DATAGRAMS = 1 << 16;

    private static final int FIRST_CAPACITY = 256;
    private static final long SECOND_27M = 27_000_000;
    /** Clock references less apart don't tell the rate well. */
    private static final long SHORTEST_SPAN_27M = SECOND_27M / 2;

    private static final long LONGEST_SPAN_27M = SECOND_27M * 2;

    private long[] arrivalNs = new long[FIRST_CAPACITY];
    private int[] bytes = new int[FIRST_CAPACITY];
    private int datagrams;
    private long startNs;
    private boolean begun;
    private long lost;

    private long total;
    private boolean clocked;
    private long firstPcr27M;
    private long firstPcrAt;
    private long lastPcr27M;
    private long lastPcrAt;

    private Optional<MdiReport> report = Optional.empty();

    void datagram(int count, long nowNs) {
        onTime(nowNs);
        if (!begun) {
            begun = true;
            startNs = nowNs;
        }
        if (datagrams == arrivalNs.length) {
            arrivalNs = Arrays.copyOf(arrivalNs, 2 * datagrams);
            bytes = Arrays.copyOf(bytes, 2 * datagrams);
        }
        arrivalNs[datagrams] = nowNs;
        bytes[datagrams++] = count;
        total += count;
        if (datagrams == MAX_DATAGRAMS) {
            finish(nowNs);
        }
    }

    /** A clock reference of the program that tells the rate stands {@code at} bytes into the datagram that comes next. */
    void pcr(long pcr27M, int at) {
        if (!clocked) {
            clocked = true;
            firstPcr27M = pcr27M;
            firstPcrAt = total + at;
        }
        lastPcr27M = pcr27M;
        lastPcrAt = total + at;
    }

    void lost(int packets) {
        lost += packets;
    }

    void onTime(long nowNs) {
        if (begun && nowNs - startNs >= INTERVAL_NS) {
            finish(nowNs);
        }
    }

    Optional<MdiReport> report() {
        return report;
    }

    private void finish(long nowNs) {
        double seconds = (nowNs - startNs) / 1e9;
        double rate = rate(seconds);
        double filled = 0;
        double most = 0;
        double least = 0;
        for (int i = 0; i < datagrams; i++) {
            double before = filled - rate * (arrivalNs[i] - startNs) / 1e9;
            filled += bytes[i];
            least = Math.min(least, before);
            most = Math.max(most, before + bytes[i]);
        }
        long delayFactorNs = rate > 0 ? (long) ((most - least) / rate * 1e9) : 0;
        double lossRate = lost / Math.max(seconds, 1e-3);
        report = Optional.of(new MdiReport(
                delayFactorNs,
                lossRate,
                (long) (rate * 8),
                Math.max(
                        delayFactorNs, report.map(MdiReport::worstDelayFactorNs).orElse(0L)),
                Math.max(lossRate, report.map(MdiReport::worstMediaLossRate).orElse(0.0))));
        begun = false;
        datagrams = 0;
        lost = 0;
        total = 0;
        clocked = false;
    }

    /** Bytes a second. */
    private double rate(double seconds) {
        long span27M = clocked ? lastPcr27M - firstPcr27M : 0;
        if (span27M >= SHORTEST_SPAN_27M && span27M <= LONGEST_SPAN_27M) {
            return (double) (lastPcrAt - firstPcrAt) * SECOND_27M / span27M;
        }
        long sum = 0;
        for (int i = 0; i < datagrams; i++) {
            sum += bytes[i];
        }
        return sum / Math.max(seconds, 1e-3);
    }
}
