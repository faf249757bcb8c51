package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bench.Server.Treatment;
import lancaster.kit.Requirement;
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
 * The figures to reach: one table of them all, printed and left in target/bench. {@code -Dlancaster.bench.rows=start}
 * measures the rows of the methods that are named, {@code -Dlancaster.bench.repetitions=1} each only once.
 */
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FiguresBench {
    private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();
    private static final Report REPORT = new Report("nginx-rtmp");
    /** Of the list of six segments that is asked for. */
    private static final int PLAYLIST_BYTES = 500;

    private static final int HALF_OPEN_CONNECTIONS = 9000;
    private static final Duration NGINX_PATIENCE = Duration.ofSeconds(24);
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    @BeforeAll
    static void makesTheMedia() throws Exception {
        Files.createDirectories(FOLDER);
        Media.threeMegabit();
        Media.twentyMegabit();
        Machine.pinThisProcess();
    }

    @BeforeEach
    void skipsWhatIsNotAskedFor(TestInfo test) {
        Selection.assumeAskedFor(test);
    }

    @AfterAll
    static void printsTheTable() throws IOException {
        REPORT.publish(FOLDER);
    }

    /** Both servers, warm. */
    private interface Contest {
        void between(Duel duel, Lancaster lancaster) throws Exception;
    }

    private static void contest(String name, Contest contest) throws Exception {
        try (Lancaster lancaster = Lancaster.start(FOLDER.resolve(name))) {
            Optional<Server> nginx = NginxRtmp.start(FOLDER.resolve("nginx"));
            try {
                contest.between(new Duel(nginx, lancaster), lancaster);
            } finally {
                nginx.ifPresent(Server::close);
            }
        }
    }

    @Test
    @Order(1)
    void ingest() throws Exception {
        contest("ingest", (duel, lancaster) -> {
            String app = lancaster.app(Treatment.INGEST);
            WarmUp.of(lancaster, () -> IngestRows.perGigabyte(lancaster, app, Media.twentyMegabit()));
            WarmUp.of(lancaster, () -> IngestRows.perGigabyte(lancaster, app, Media.threeMegabit()));
            IngestRows.perStreamMinute(lancaster, "ingest", 100, Media.threeMegabit());
            REPORT.add(duel.fight(
                    "ingest of 100 streams, CPU-s per stream-minute",
                    "%.4f",
                    "at most 0.046",
                    v -> v <= 0.046,
                    server -> IngestRows.perStreamMinute(
                            server, server.app(Treatment.INGEST), 100, Media.threeMegabit())));
            REPORT.add(duel.fight(
                    "ingest flat out, CPU-s per GB",
                    "%.2f",
                    "at most 0.40",
                    v -> v <= 0.40,
                    server -> IngestRows.perGigabyte(server, server.app(Treatment.INGEST), Media.twentyMegabit())));
        });
    }

    @Test
    @Order(2)
    void ingestAndHls() throws Exception {
        contest("hls", (duel, lancaster) -> {
            Path media = Media.threeMegabit();
            WarmUp.of(lancaster, () -> IngestRows.perGigabyte(lancaster, "both", media));
            IngestRows.perStreamMinute(lancaster, "both", 20, media);
            REPORT.add(duel.fight(
                    "ingest + HLS of 20 streams, TS, CPU-s per stream-minute",
                    "%.3f",
                    "at most 0.10",
                    v -> v <= 0.10,
                    server -> IngestRows.perStreamMinute(server, server.app(Treatment.TS), 20, media)));
            REPORT.add(duel.alone(
                    "ingest + HLS of 20 streams, TS and fMP4, CPU-s per stream-minute",
                    "%.3f",
                    "at most 0.13",
                    v -> v <= 0.13,
                    server -> IngestRows.perStreamMinute(server, server.app(Treatment.TS_AND_FMP4), 20, media)));
        });
    }

    @Test
    @Order(3)
    void hdsBesideHls() throws Exception {
        contest("hds", (duel, lancaster) -> {
            Path media = Media.threeMegabit();
            WarmUp.of(lancaster, () -> IngestRows.perGigabyte(lancaster, "hds", media));
            IngestRows.perStreamMinute(lancaster, "hds", 20, media);
            REPORT.add(duel.alone(
                    "ingest + HLS + HDS of 20 streams, CPU, of ingest + HLS",
                    "%.2f",
                    "at most 1.15",
                    v -> v <= 1.15,
                    server -> {
                        double without = IngestRows.perStreamMinute(server, "both", 20, media);
                        return IngestRows.perStreamMinute(server, "hds", 20, media) / without;
                    }));
        });
    }

    @Test
    @Order(3)
    void serving() throws Exception {
        Path wrk = Machine.program("wrk").orElseThrow(() -> Requirement.missing("program wrk"));
        contest("serving", (duel, lancaster) -> {
            ServeRows rows = new ServeRows(wrk, CProgram.compiled("fetch"), Media.threeMegabit());
            WarmUp.of(lancaster, () -> rows.segments(lancaster));
            WarmUp.of(lancaster, () -> rows.playlists(lancaster));
            double[] best = new double[1];
            List<Double> theirCpuUs = new ArrayList<>();
            List<Double> ourCpuUs = new ArrayList<>();
            REPORT.add(duel.fight(
                    "segments served on one core, requests/s",
                    "%.0f",
                    "no fewer than nginx",
                    v -> v >= best[0],
                    server -> {
                        ServeRows.Served served = rows.segments(server);
                        best[0] = server == lancaster ? best[0] : Math.max(best[0], served.perSecond());
                        (server == lancaster ? ourCpuUs : theirCpuUs).add(served.cpuUs());
                        return served.perSecond();
                    }));
            REPORT.note("a segment takes " + spread("%.0f", theirCpuUs) + " µs of the processor of nginx and "
                    + spread("%.0f", ourCpuUs) + " µs of Lancaster's");
            REPORT.add(duel.fight(
                    "the same asked by wrk, whose processor is the limit",
                    "%.0f",
                    "-",
                    v -> true,
                    server -> rows.segmentsByWrk(server).perSecond()));
            REPORT.add(duel.fight(
                    "playlists served on one core, requests/s",
                    "%.0f",
                    "at least 20000",
                    v -> v >= 20_000,
                    rows::playlists));
            try (EmptyHandler empty = EmptyHandler.start()) {
                rows.nothing(empty);
                rows.likePlaylists(empty, PLAYLIST_BYTES);
                List<Double> nothing = new ArrayList<>();
                List<Double> alike = new ArrayList<>();
                REPORT.add(duel.alone(
                        "playlists served, of what an empty handler serves",
                        "%.2f",
                        "at least 0.9",
                        v -> v >= 0.9,
                        server -> {
                            nothing.add(rows.nothing(empty));
                            alike.add(rows.likePlaylists(empty, PLAYLIST_BYTES));
                            return rows.playlists(server) / nothing.get(nothing.size() - 1);
                        }));
                REPORT.note("an empty handler answers " + spread("%.0f", nothing)
                        + " requests/s, one that sends a prepared head and body of a playlist's size "
                        + spread("%.0f", alike));
            }
        });
    }

    private static String spread(String format, List<Double> values) {
        return values.isEmpty()
                ? "-"
                : Figure.spread(
                        format, values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Test
    @Order(4)
    void listing() throws Exception {
        contest("listing", (duel, lancaster) -> {
            Path media = Media.threeMegabit();
            Path log = FOLDER.resolve("sent.log");
            ListingRow.watch(lancaster, media, log);
            List<ListingRow.Delay> theirs = new ArrayList<>();
            List<ListingRow.Delay> ours = new ArrayList<>();
            REPORT.add(duel.fight(
                    "last frame of a segment sent to segment listed, s",
                    "%.3f",
                    "at most 0.02",
                    v -> v <= 0.02,
                    server -> {
                        ListingRow.Delay delay = ListingRow.watch(server, media, log);
                        (server == lancaster ? ours : theirs).add(delay);
                        return delay.afterLastFrameS();
                    }));
            REPORT.note(String.format(
                    "counted from the segment's last picture instead of its last picture or sound, nginx-rtmp lists it"
                            + " after %s s and Lancaster after %s s; the key frame that ends a segment comes 0.033 s"
                            + " after that picture",
                    pictures(theirs), pictures(ours)));
        });
    }

    private static String pictures(List<ListingRow.Delay> delays) {
        double[] values =
                delays.stream().mapToDouble(ListingRow.Delay::afterLastPictureS).toArray();
        return values.length == 0 ? "-" : Figure.spread("%.3f", values);
    }

    @Test
    @Order(5)
    void memory() throws Exception {
        Path media = Media.threeMegabit();
        long windowBytes = MemoryRow.windowBytes(media, 60);
        long goalBytes = MemoryRow.goalBytes(windowBytes);
        String[] options = MemoryRow.options(windowBytes).toArray(String[]::new);
        try (Lancaster lancaster = Lancaster.start(FOLDER.resolve("memory"), options)) {
            List<MemoryRow.Sample> samples = MemoryRow.run(lancaster, media, Duel.REPETITIONS);
            double[] totals =
                    samples.stream().mapToDouble(s -> s.totalBytes() / 1e6).toArray();
            REPORT.add(Figure.alone(
                    "memory of 100 streams, TS, 24 s window (" + windowBytes / 1_000_000 + " MB), MB",
                    "%.0f",
                    "at most " + goalBytes / 1_000_000,
                    v -> v <= goalBytes / 1e6,
                    totals));
            MemoryRow.Sample last = samples.get(samples.size() - 1);
            REPORT.note(String.format(
                    "memory with %s: %d MB of live objects, %d MB of buffers outside the heap, %d MB of segment files",
                    options[0],
                    last.liveBytes() / 1_000_000,
                    last.bufferBytes() / 1_000_000,
                    last.fileBytes() / 1_000_000));
        }
    }

    @Test
    @Order(6)
    void start() throws Exception {
        Path folder = FOLDER.resolve("start");
        Path segments = Machine.segmentFolder("start");
        StartRow.secondsToFirstPublish(folder, segments);
        double[] seconds = new double[Duel.REPETITIONS];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = StartRow.secondsToFirstPublish(folder, segments);
        }
        Machine.delete(segments);
        REPORT.add(Figure.alone(
                "start of the process to first accepted publish, second start in a row, s",
                "%.2f",
                "under 2",
                v -> v < 2,
                seconds));
    }

    @Test
    @Order(7)
    void deadPublisher() throws Exception {
        Path media = Media.threeMegabit();
        contest("dead", (duel, lancaster) -> {
            REPORT.add(duel.alone(
                    "dead publisher under takeover: name accepts a new one after, s",
                    "%.2f",
                    "at once",
                    v -> v <= 0.1,
                    server -> SilenceRows.nameFreeAfter(server, "takeover", media, PATIENCE)));
            REPORT.add(duel.alone(
                    "dead publisher under reject: name accepts a new one after, s",
                    "%.2f",
                    "5 (at most 5.5)",
                    v -> v >= 4.5 && v <= 5.5,
                    server -> SilenceRows.nameFreeAfter(server, "reject", media, PATIENCE)));
            if (duel.nginx().isPresent()) {
                Server nginx = duel.nginx().get();
                double seconds = SilenceRows.nameFreeAfter(nginx, nginx.app(Treatment.INGEST), media, NGINX_PATIENCE);
                REPORT.note("nginx-rtmp's name of a dead publisher accepts a new one after "
                        + (Double.isFinite(seconds) ? Figure.number("%.2f s", seconds) : "more than 24 s"));
            }
        });
    }

    @Test
    @Order(8)
    void halfOpenConnections() throws Exception {
        List<SilenceRows.HalfOpen> theirs = new ArrayList<>();
        List<SilenceRows.HalfOpen> ours = new ArrayList<>();
        for (int i = 0; i < Duel.REPETITIONS; i++) {
            contest("half-open", (duel, lancaster) -> {
                SilenceRows.halfOpen(lancaster, HALF_OPEN_CONNECTIONS / 20, PATIENCE);
                ours.add(SilenceRows.halfOpen(lancaster, HALF_OPEN_CONNECTIONS, PATIENCE));
                if (duel.nginx().isPresent() && theirs.isEmpty()) {
                    theirs.add(SilenceRows.halfOpen(duel.nginx().get(), HALF_OPEN_CONNECTIONS, NGINX_PATIENCE));
                }
            });
        }
        REPORT.add(Figure.of(
                "half-open connections (" + HALF_OPEN_CONNECTIONS + "): closed within, s",
                "%.1f",
                "10",
                v -> v <= 10.5,
                theirs.stream().mapToDouble(SilenceRows.HalfOpen::closedWithinS).toArray(),
                ours.stream().mapToDouble(SilenceRows.HalfOpen::closedWithinS).toArray()));
        REPORT.add(Figure.of(
                "half-open connections: growth of the process's memory each, KB",
                "%.1f",
                "at most 6",
                v -> v <= 6,
                theirs.stream().mapToDouble(SilenceRows.HalfOpen::kilobytesEach).toArray(),
                ours.stream().mapToDouble(SilenceRows.HalfOpen::kilobytesEach).toArray()));
    }

    @Test
    @Order(9)
    void metrics() throws Exception {
        Path media = Media.threeMegabit();
        try (Lancaster lancaster = Lancaster.start(FOLDER.resolve("metrics"))) {
            String app = lancaster.app(Treatment.INGEST);
            MetricsRow.ask(lancaster, app, 100, media);
            List<MetricsRow.Sample> samples = new ArrayList<>();
            for (int i = 0; i < Duel.REPETITIONS; i++) {
                samples.add(MetricsRow.ask(lancaster, app, 100, media));
            }
            REPORT.add(Figure.alone(
                    "/metrics with 100 streams, ms",
                    "%.1f",
                    "under 50",
                    v -> v < 50,
                    samples.stream().mapToDouble(MetricsRow.Sample::answerMs).toArray()));
            REPORT.add(Figure.alone(
                    "/metrics with 100 streams: longest pause of a loop, ms",
                    "%.1f",
                    "at most 5",
                    v -> v <= 5,
                    samples.stream().mapToDouble(MetricsRow.Sample::loopPauseMs).toArray()));
        }
    }

    @Test
    @Order(11)
    void playing() throws Exception {
        Path media = Media.threeMegabit();
        contest("playing", (duel, lancaster) -> {
            String app = lancaster.app(Treatment.INGEST);
            WarmUp.of(lancaster, () -> PlayRows.fanOut(lancaster, app, media, FOLDER));
            List<PlayRows.FanOut> theirs = new ArrayList<>();
            List<PlayRows.FanOut> ours = new ArrayList<>();
            REPORT.add(duel.fight(
                    "one stream to " + PlayRows.PLAYERS + " players over RTMP, CPU-s per player-minute",
                    "%.4f",
                    "at most 0.022",
                    v -> v <= 0.022,
                    server -> {
                        PlayRows.FanOut one = PlayRows.fanOut(server, server.app(Treatment.INGEST), media, FOLDER);
                        (server == lancaster ? ours : theirs).add(one);
                        return one.cpuSPerPlayerMinute();
                    }));
            REPORT.add(Figure.of(
                    "the same: delay that 99 % of messages don't exceed, ms",
                    "%.0f",
                    "at most 50",
                    v -> v <= 50,
                    theirs.stream().mapToDouble(PlayRows.FanOut::p99Ms).toArray(),
                    ours.stream().mapToDouble(PlayRows.FanOut::p99Ms).toArray()));
        });
    }

    @Test
    @Order(12)
    void playingInLargeBatches() throws Exception {
        Path media = Media.threeMegabit();
        for (String batch : new String[] {"10ms", "20ms", "40ms", "100ms", "350ms"}) {
            try (Lancaster lancaster =
                    Lancaster.start(FOLDER.resolve("batches"), List.of(), "rtmp.play-batch=" + batch)) {
                String app = lancaster.app(Treatment.INGEST);
                WarmUp.of(lancaster, () -> PlayRows.fanOut(lancaster, app, media, FOLDER));
                PlayRows.FanOut one = PlayRows.fanOut(lancaster, app, media, FOLDER);
                boolean goal = batch.equals("350ms");
                REPORT.add(Figure.alone(
                        "one stream to " + PlayRows.PLAYERS + " players, play-batch " + batch + ", median and 99 % "
                                + one.delay() + ", CPU-s per player-minute",
                        "%.4f",
                        goal ? "at most 0.0164" : "-",
                        v -> !goal || v <= 0.0164,
                        new double[] {one.cpuSPerPlayerMinute()}));
            }
        }
    }

    @Test
    @Order(13)
    void playersStart() throws Exception {
        Path media = Media.threeMegabit();
        contest("starts", (duel, lancaster) -> {
            String app = lancaster.app(Treatment.INGEST);
            for (int i = 0; i < 3; i++) {
                PlayRows.starts(lancaster, app, media, FOLDER);
            }
            List<Double> theirs = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            REPORT.add(duel.fight(
                    "start of 100 players, connection to first key frame, median, ms",
                    "%.1f",
                    "at most 10",
                    v -> v <= 10,
                    server -> {
                        double[] starts = PlayRows.starts(server, server.app(Treatment.INGEST), media, FOLDER);
                        (server == lancaster ? ours : theirs).add(PlayRows.percentile(starts, 0.95));
                        return PlayRows.percentile(starts, 0.5);
                    }));
            REPORT.add(Figure.of(
                    "the same, 95 %, ms",
                    "%.1f",
                    "at most 20",
                    v -> v <= 20,
                    theirs.stream().mapToDouble(Double::doubleValue).toArray(),
                    ours.stream().mapToDouble(Double::doubleValue).toArray()));
        });
    }

    @Test
    @Order(14)
    void slowPlayers() throws Exception {
        Path media = Media.threeMegabit();
        try (Lancaster lancaster = Lancaster.start(FOLDER.resolve("slow"))) {
            String app = lancaster.app(Treatment.INGEST);
            WarmUp.of(lancaster, () -> PlayRows.starts(lancaster, app, media, FOLDER));
            PlayRows.Slow slow = PlayRows.slow(lancaster, app, media, FOLDER);
            String who = PlayRows.SLOW + " players at 5 % of the rate for 40 s: ";
            REPORT.add(Figure.alone(
                    who + "unsent in the kernel, bytes", "%.0f", "at most 64000", v -> v <= 64_000, new double[] {
                        slow.unsentBytes()
                    }));
            REPORT.add(
                    Figure.alone(who + "at full speed live after, s", "%.2f", "at most 2", v -> v <= 2, new double[] {
                        slow.liveAfterS()
                    }));
            REPORT.add(Figure.alone(
                    who + "pictures that can't be decoded", "%.0f", "0", v -> v == 0, new double[] {slow.undecodable()
                    }));
            REPORT.add(Figure.alone(
                    who + "delay of 99 % for the others, ms", "%.0f", "at most 50", v -> v <= 50, new double[] {
                        slow.othersP99Ms()
                    }));
        }
    }

    @Test
    @Order(10)
    void republishing() throws Exception {
        Path media = Media.threeMegabit();
        try (Server far = NginxRtmp.start(FOLDER.resolve("far")).orElseThrow(() -> Requirement.missing("nginx-rtmp"));
                Lancaster lancaster =
                        Lancaster.start(FOLDER.resolve("republish"), List.of(), RepublishRow.setting(far))) {
            RepublishRow.perTargetMinute(lancaster, media);
            double[] samples = new double[Duel.REPETITIONS];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = RepublishRow.perTargetMinute(lancaster, media);
            }
            REPORT.add(Figure.alone(
                    "one stream republished to " + RepublishRow.TARGETS + " servers, CPU-s per target-minute",
                    "%.4f",
                    "at most 0.03",
                    v -> v <= 0.03,
                    samples));
        }
    }
}
