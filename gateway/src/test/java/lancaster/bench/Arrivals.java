package lancaster.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lancaster.bytes.Bytes;

/** The datagrams of a transport stream, in RTP or bare, and when each arrived. */
final class Arrivals {
    private static final long RUN_NS = 50_000;

    /** @param bytes of the datagram, RTP header included */
    private record Datagram(long timeNs, int bytes, Bytes packets) {}

    private final List<Datagram> datagrams;

    private Arrivals(List<Datagram> datagrams) {
        this.datagrams = datagrams;
    }

    /** Reads the records of capture.c. */
    static Arrivals read(byte[] records) {
        ByteBuffer in = ByteBuffer.wrap(records).order(ByteOrder.nativeOrder());
        List<Datagram> datagrams = new ArrayList<>();
        while (in.hasRemaining()) {
            long timeNs = in.getLong();
            byte[] datagram = new byte[in.getInt()];
            in.get(datagram);
            datagrams.add(new Datagram(timeNs, datagram.length, Bytes.wrap(TsWatch.packets(datagram))));
        }
        return new Arrivals(datagrams);
    }

    /** Without the first seconds, in which encoders and clocks settle. */
    Arrivals after(double seconds) {
        long fromNs = datagrams.get(0).timeNs() + (long) (seconds * 1e9);
        return new Arrivals(
                datagrams.stream().filter(each -> each.timeNs() >= fromNs).toList());
    }

    int count() {
        return datagrams.size();
    }

    /** The most datagrams in a row that are less than 50 µs apart. */
    int longestRun() {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < datagrams.size(); i++) {
            boolean close =
                    i > 0 && datagrams.get(i).timeNs() - datagrams.get(i - 1).timeNs() < RUN_NS;
            run = close ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** The most kilobytes within any such time. */
    double mostKilobytesWithin(double ms) {
        long bytes = 0;
        long most = 0;
        int first = 0;
        for (Datagram datagram : datagrams) {
            bytes += datagram.bytes();
            while (datagram.timeNs() - datagrams.get(first).timeNs() > ms * 1e6) {
                bytes -= datagrams.get(first++).bytes();
            }
            most = Math.max(most, bytes);
        }
        return most / 1e3;
    }

    /** How far clock references are from a straight line through them and their arrivals, rms, ms. */
    double clockJitterMs() {
        TsWatch watch = watch();
        double[] x = watch.clockArrivals().stream()
                .mapToDouble(t -> (t - watch.clockArrivals().get(0)) / 1e6)
                .toArray();
        double[] y = IntStream.range(0, x.length)
                .mapToDouble(i ->
                        x[i] - (watch.clocks27m().get(i) - watch.clocks27m().get(0)) / 27e3)
                .toArray();
        return rmsFromLine(x, y);
    }

    /** From one clock reference to the next, by their own time, at most, ms. */
    double longestClockIntervalMs() {
        List<Long> clocks = watch().clocks27m();
        return IntStream.range(1, clocks.size())
                .mapToDouble(i -> (clocks.get(i) - clocks.get(i - 1)) / 27e3)
                .max()
                .orElse(Double.NaN);
    }

    /** From sending a picture, by its identity, to the arrival of its first packet: ms, sorted. */
    List<Double> delaysMs(Map<Long, Long> sentNs) {
        List<Double> delays = watch().pictures().entrySet().stream()
                .filter(picture -> sentNs.containsKey(picture.getKey()))
                .map(picture -> (picture.getValue() - sentNs.get(picture.getKey())) / 1e6)
                .sorted()
                .toList();
        if (delays.size() < 10) {
            throw new IllegalStateException("of " + sentNs.size() + " sent messages " + delays.size() + " were found");
        }
        return delays;
    }

    private TsWatch watch() {
        TsWatch watch = new TsWatch();
        datagrams.forEach(each -> watch.onPackets(each.packets().toArray(), each.timeNs()));
        return watch;
    }

    private static double rmsFromLine(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        double slope = xy / xx;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            double off = y[i] - meanY - slope * (x[i] - meanX);
            squares += off * off;
        }
        return Math.sqrt(squares / x.length);
    }
}
