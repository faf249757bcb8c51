package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import lancaster.bench.MulticastRows.Group;
import lancaster.bench.MulticastRows.Look;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The figures of multicast, beside ffmpeg that copies the same stream, as it comes and at a constant rate, on the same
 * machine in the same run; printed and left in target/bench/multicast.
 */
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MulticastBench {
    private static final Path FOLDER = Path.of("target/bench/multicast").toAbsolutePath();
    private static final Report REPORT = new Report("ffmpeg");
    private static final int STREAMS = 50;
    private static final int WARM_UP_STREAMS = 100;
    /** Until the streams of the warm-up are gone, which linger for a second. */
    private static final double GONE_SECONDS = 4;

    /** As {@link Lancaster} is configured. */
    private static final Group PLAIN = new Group("239.255.77.1", 5004);

    private static final Group SMOOTH = new Group("239.255.77.2", 5004);
    private static final Group CONSTANT = new Group("239.255.77.3", 5004);
    private static final Group FFMPEG = new Group("239.255.77.4", 5004);
    private static final Group PACER = new Group("239.255.77.5", 5004);

    private static final List<String> COPY = List.of("-f", "mpegts");
    private static final List<String> COPY_AT_CONSTANT_RATE = List.of("-muxrate", "4000k", "-f", "mpegts");
    private static final String AT_CONSTANT_RATE = "&bitrate=4000000&burst_bits=10528";

    private static @Nullable Lancaster warm;

    @BeforeAll
    static void makesTheMedia() throws Exception {
        Files.createDirectories(FOLDER);
        Media.threeMegabit();
        Machine.pinThisProcess();
    }

    @BeforeEach
    void skipsWhatIsNotAskedFor(TestInfo test) {
        Selection.assumeAskedFor(test);
    }

    @AfterAll
    static void printsTheTable() throws IOException {
        if (warm != null) {
            warm.close();
        }
        REPORT.publish(FOLDER);
    }

    /** One for all rows, for warming up takes longer than a row. */
    private static Lancaster warm() throws Exception {
        Lancaster lancaster = warm;
        if (lancaster == null) {
            lancaster = Lancaster.start(FOLDER.resolve("gateway"));
            warm = lancaster;
            Lancaster cold = lancaster;
            WarmUp.of(cold, () -> perStreamMinute(cold, WARM_UP_STREAMS));
            Machine.pause(GONE_SECONDS);
        }
        return lancaster;
    }

    @Test
    @Order(6)
    void multicastAccount() throws Exception {
        List<String> account = AccountRow.of(warm(), PLAIN, Media.threeMegabit());
        Files.write(FOLDER.resolve("account.txt"), account);
        account.forEach(System.out::println);
    }

    @Test
    @Order(1)
    void multicast() throws Exception {
        Lancaster lancaster = warm();
        List<Look> copy = new ArrayList<>();
        List<Look> constant = new ArrayList<>();
        List<Look> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int i = 0; i < Duel.REPETITIONS; i++) {
            copy.add(ffmpeg(COPY, ""));
            constant.add(ffmpeg(COPY_AT_CONSTANT_RATE, AT_CONSTANT_RATE));
            ours.add(look(lancaster, "plain", PLAIN));
            bare.add(MulticastRows.pacer(PACER).clockJitterMs());
        }
        Comparison with = new Comparison(copy, constant, ours);
        with.add("CPU-s per stream-minute of one stream", "%.2f", 0.37, Look::cpu);
        with.add("longest run of datagrams", "%.0f", 7, look -> look.arrivals().longestRun());
        with.add("most within 1 ms, KB", "%.1f", 10, look -> look.arrivals().mostKilobytesWithin(1));
        with.add("most within 10 ms, KB", "%.1f", 24, look -> look.arrivals().mostKilobytesWithin(10));
        with.add("clock jitter, rms ms", "%.3f", 0.8, look -> look.arrivals().clockJitterMs());
        with.add("longest clock interval, ms", "%.1f", 40, look -> look.arrivals()
                .longestClockIntervalMs());
        with.add("added latency, median ms", "%.1f", 15, look -> look.delayMs(0.5));
        with.add("added latency, 95 %, ms", "%.1f", 30, look -> look.delayMs(0.95));
        double[] shares = new double[bare.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = ours.get(i).arrivals().clockJitterMs() / bare.get(i);
        }
        alone("clock jitter, times that of a bare pacer in C", "%.2f", 1.3, DoubleStream.of(shares));
        REPORT.note("the bare pacer's clock jitter is "
                + Figure.spread("%.3f ms", bare.stream().mapToDouble(b -> b).toArray()) + " rms");
    }

    @Test
    @Order(2)
    void multicastSmooth() throws Exception {
        Lancaster lancaster = warm();
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < Duel.REPETITIONS; i++) {
            looks.add(look(lancaster, "smooth", SMOOTH));
        }
        noteCpu("the smoother", looks);
        alone("smoother: most within 1 ms, KB", "%.1f", 4, of(looks, l -> l.arrivals()
                .mostKilobytesWithin(1)));
        alone("smoother: most within 10 ms, KB", "%.1f", 10, of(looks, l -> l.arrivals()
                .mostKilobytesWithin(10)));
        alone("smoother: clock jitter, rms ms", "%.3f", 0.8, of(looks, l -> l.arrivals()
                .clockJitterMs()));
        alone("smoother: added latency, 95 %, ms", "%.1f", 100, of(looks, l -> l.delayMs(0.95)));
    }

    @Test
    @Order(3)
    void multicastConstantRate() throws Exception {
        Lancaster lancaster = warm();
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < Duel.REPETITIONS; i++) {
            looks.add(look(lancaster, "constant", CONSTANT));
        }
        noteCpu("a constant rate", looks);
        alone("constant rate: longest run of datagrams", "%.0f", 7, of(looks, l -> l.arrivals()
                .longestRun()));
        alone("constant rate: clock jitter, rms ms", "%.3f", 0.8, of(looks, l -> l.arrivals()
                .clockJitterMs()));
        alone("constant rate: added latency, 95 %, ms", "%.1f", 100, of(looks, l -> l.delayMs(0.95)));
    }

    @Test
    @Order(4)
    void multicastOfManyStreams() throws Exception {
        Lancaster lancaster = warm();
        double[] cpu = new double[Duel.REPETITIONS];
        for (int i = 0; i < cpu.length; i++) {
            cpu[i] = perStreamMinute(lancaster, STREAMS);
        }
        alone("CPU-s per stream-minute of " + STREAMS + " streams", "%.3f", 0.12, DoubleStream.of(cpu));
    }

    @Test
    @Order(5)
    void multicastMemory() throws Exception {
        double[] megabytes = new double[Duel.REPETITIONS];
        for (int i = 0; i < megabytes.length; i++) {
            try (Lancaster lancaster = Lancaster.start(FOLDER.resolve("memory"), MulticastRows.SMALL_HEAP)) {
                megabytes[i] = MulticastRows.residentMegabytes(lancaster, STREAMS, Media.threeMegabit());
            }
        }
        alone(
                "resident memory that each of " + STREAMS + " streams adds to one, " + MulticastRows.SMALL_HEAP
                        + ", MB",
                "%.2f",
                1,
                DoubleStream.of(megabytes));
    }

    /** Both of ffmpeg's ways beside ours. */
    private record Comparison(List<Look> copy, List<Look> constant, List<Look> ours) {
        void add(String what, String format, double most, ToDoubleFunction<Look> of) {
            String theirs = Figure.spread(format, of(copy, of).toArray()) + "; constant rate "
                    + Figure.spread(format, of(constant, of).toArray());
            REPORT.add(Figure.alone(
                            what,
                            format,
                            goal(most),
                            v -> v <= most,
                            of(ours, of).toArray())
                    .beside(theirs));
        }
    }

    private static void alone(String what, String format, double most, DoubleStream values) {
        REPORT.add(Figure.alone(what, format, goal(most), v -> v <= most, values.toArray()));
    }

    /** What nobody has set a goal for. */
    private static void noteCpu(String with, List<Look> looks) {
        String cpu = Figure.spread("%.2f", of(looks, Look::cpu).toArray());
        REPORT.note("with " + with + " one stream takes " + cpu + " CPU-s per stream-minute");
    }

    private static DoubleStream of(List<Look> looks, ToDoubleFunction<Look> of) {
        return looks.stream().mapToDouble(of);
    }

    private static String goal(double most) {
        return "at most " + (most == Math.rint(most) ? Integer.toString((int) most) : Double.toString(most));
    }

    private static double perStreamMinute(Lancaster lancaster, int streams) throws Exception {
        return IngestRows.perStreamMinute(lancaster, MulticastRows.APP, streams, Media.threeMegabit());
    }

    private static Look look(Server server, String stream, Group group) throws Exception {
        return MulticastRows.look(server, stream, group, Media.threeMegabit(), FOLDER.resolve("sent.log"));
    }

    private static Look ffmpeg(List<String> options, String parameters) throws Exception {
        List<String> output = new ArrayList<>(options);
        output.add("udp://" + FFMPEG.address() + ":" + FFMPEG.port() + "?pkt_size=1316&localaddr=127.0.0.1&ttl=1"
                + parameters);
        try (FfmpegRelay relay = FfmpegRelay.start(FOLDER.resolve("ffmpeg"), "copy-0", output)) {
            return look(relay, "copy", FFMPEG);
        }
    }
}
