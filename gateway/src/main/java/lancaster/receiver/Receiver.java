package lancaster.receiver;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.mpegts.demux.StreamKind;
import lancaster.mpegts.demux.TsDemuxerStats;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastException;
import lancaster.multicast.ReceiverSettings;
import lancaster.output.Backoff;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import org.jspecify.annotations.Nullable;

/**
 * Receives one stream for ever: opens sockets, publishes what comes, says why nothing does, and tries again. Owner: the
 * multicast loop; {@link #stats} and {@link #close} from any thread.
 */
final class Receiver implements AutoCloseable {
    /** Arrivals tell of jitter and of clocks: they are looked at as they come. */
    private static final long ARRIVALS_NS = 0;

    private static final String PROTOCOL = "multicast";
    private static final long SECOND_NS = 1_000_000_000;
    /** Without media for so long the stream waits for its source, as for an encoder that is gone. */
    private static final long PAUSE_NS = 3 * SECOND_NS;
    /** Datagrams of which nothing can be made for so long are a trouble: groups of pictures may be long. */
    private static final long UNUSABLE_NS = 10 * SECOND_NS;

    private static final int SECONDS_BETWEEN_SOCKET_STATS = 5;

    /**
     * What receivers need of the house.
     *
     * @param look finds out about the way of a socket's datagrams; on {@code control}
     * @param control may read files
     * @param news of all receivers; called on the multicast loop
     */
    record Context(
            RunLoop loop,
            Sockets sockets,
            ReceptionPlanner planner,
            Function<ReceiverSettings, NetworkFacts> look,
            StreamRegistry streams,
            Executor control,
            InstantSource clock,
            Consumer<ReceiverNews> news) {}

    private final StreamPath path;
    private final SourceSettings source;
    private final Context context;
    private final RunLoop loop;
    private final StreamFeeder feeder;
    private final PlanSockets sockets;
    private final Tidings tidings;
    private final Backoff backoff = new Backoff();
    private final Instant since;

    private @Nullable ReceptionPlan plan;
    private @Nullable Reception reception;
    private final List<PathWatch> watches = new ArrayList<>();
    private Timer ticking = Timer.NONE;
    private Timer retrying = Timer.NONE;
    private Optional<String> failure = Optional.empty();
    private Optional<String> unusable = Optional.empty();
    private long usableSinceNs;
    private int seconds;
    private boolean closed;
    private volatile ReceptionStats stats;

    Receiver(StreamPath path, SourceSettings source, Supplier<StreamSettings> settings, Context context) {
        this.path = path;
        this.source = source;
        this.context = context;
        this.loop = context.loop();
        this.since = context.clock().instant();
        this.feeder = new StreamFeeder(
                path,
                settings,
                context.streams(),
                loop,
                PROTOCOL,
                source.toString(),
                this::picturesAreThere,
                this::allTracksConfigured);
        this.sockets = new PlanSockets(path, context.sockets(), loop);
        this.tidings = new Tidings(path, source, context.news());
        this.stats = snapshot();
    }

    StreamPath path() {
        return path;
    }

    ReceptionStats stats() {
        return stats;
    }

    /** On the loop. */
    void start() {
        prepare();
        ticking = loop.schedule(SECOND_NS, this::second);
    }

    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            ticking.cancel();
            retrying.cancel();
            sockets.close();
            if (reception != null) {
                reception.pause();
                reception.close();
            }
            feeder.end(EndReason.CLOSED);
        });
    }

    /** Finds out which sockets are needed, elsewhere, and opens them. */
    private void prepare() {
        context.control().execute(() -> {
            var unused = context.planner()
                    .plan(source)
                    .whenComplete((found, problem) -> loop.execute(() -> {
                        if (closed) {
                            return;
                        }
                        if (problem == null) {
                            open(found);
                        } else {
                            fail(message(problem));
                        }
                    }));
        });
    }

    private static String message(Throwable problem) {
        Throwable cause = problem;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void fail(String why) {
        sockets.close();
        long waitNs = backoff.nextNs(0);
        if (!failure.equals(Optional.of(why))) {
            tidings.failed(why);
        }
        failure = Optional.of(why);
        retrying.cancel();
        retrying = loop.schedule(waitNs, this::prepare);
    }

    private void open(ReceptionPlan next) {
        sockets.close();
        loop.lookWithin(ARRIVALS_NS);
        Reception receiving = reception;
        if (receiving == null || plan == null || !plan.isLike(next)) {
            if (receiving != null) {
                receiving.pause();
                receiving.close();
            }
            receiving = new Reception(next, loop, this::on);
            reception = receiving;
            watches.clear();
            receiving.paths().forEach(state -> watches.add(new PathWatch(state)));
            usableSinceNs = loop.nowNs();
        }
        plan = next;
        try {
            sockets.open(next, receiving);
        } catch (MulticastException e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        tidings.joined(next, failure.isPresent());
        failure = Optional.empty();
        sockets.look(context.control());
    }

    private void on(MediaEvent event) {
        feeder.on(event);
    }

    private boolean picturesAreThere() {
        return isConfigured(StreamKind.H264, Track.VIDEO);
    }

    private boolean allTracksConfigured() {
        return isConfigured(StreamKind.H264, Track.VIDEO) && isConfigured(StreamKind.AAC_ADTS, Track.AUDIO);
    }

    /** Whether the program has no such stream, or its configuration has come. */
    private boolean isConfigured(int streamType, int trackId) {
        Reception receiving = reception;
        return receiving != null
                && (feeder.tracks().containsKey(trackId)
                        || receiving.program().streams().stream()
                                .noneMatch(stream ->
                                        stream.use() == TsDemuxerStats.Use.TRACK && stream.streamType() == streamType));
    }

    private void second() {
        ticking = loop.schedule(SECOND_NS, this::second);
        Reception receiving = reception;
        if (receiving != null) {
            long nowNs = loop.nowNs();
            loop.lookWithin(ARRIVALS_NS);
            receiving.second(nowNs);
            tidings.progress(receiving, feeder, allTracksConfigured());
            for (int i = 0; i < watches.size() && i < sockets.ways(); i++) {
                watch(watches.get(i), sockets.way(i), nowNs);
            }
            judge(receiving, nowNs);
            if (++seconds % SECONDS_BETWEEN_SOCKET_STATS == 0) {
                sockets.look(context.control());
            }
        }
        stats = snapshot();
    }

    private void watch(PathWatch watch, PlanSockets.Open open, long nowNs) {
        ReceiverSettings settings = open.settings();
        Optional<Silence> before = watch.silence();
        Optional<ReceiverNews.Kind> news =
                watch.second(settings, nowNs, context.clock().instant());
        if (news.isPresent() && news.get() == ReceiverNews.Kind.SILENT) {
            tidings.silent(watch.silence().orElseThrow());
        } else if (news.isPresent()) {
            tidings.back(settings, before);
        }
        if (watch.wantsFacts(nowNs)) {
            context.control().execute(() -> {
                NetworkFacts facts = context.look().apply(settings);
                loop.execute(() -> watch.facts(facts));
            });
        }
        switch (watch.remedy(settings, nowNs)) {
            case REJOIN -> open.socket().rejoin();
            case REOPEN -> prepare();
            case SEARCH -> SenderSearch.begin(path, context.sockets(), loop, settings, watch::otherSenders);
            case NONE -> {}
        }
    }

    /** Ends what gives nothing any more, and says why nothing can be made of what comes. */
    private void judge(Reception receiving, long nowNs) {
        boolean gives = feeder.gaveSince(nowNs - PAUSE_NS);
        boolean silent = watches.stream().allMatch(watch -> watch.silentNs(nowNs) >= PAUSE_NS);
        if (gives || silent || failure.isPresent()) {
            usableSinceNs = nowNs;
            boolean over = gives && unusable.isPresent();
            unusable = Optional.empty();
            if (over) {
                tidings.usableAgain();
            }
        } else if (nowNs - usableSinceNs >= UNUSABLE_NS && feeder.refusal().isEmpty()) {
            unusable(Usability.reason(findings(receiving)));
        }
        if (feeder.publishes() && !gives && (silent || nowNs - usableSinceNs >= UNUSABLE_NS)) {
            receiving.pause();
            feeder.end(EndReason.LOST);
        }
    }

    private void unusable(String why) {
        if (!unusable.equals(Optional.of(why))) {
            unusable = Optional.of(why);
            tidings.unusable(why);
        }
    }

    private Usability.Findings findings(Reception receiving) {
        String from = receiving.sender().map(Receiver::text).orElse("");
        return new Usability.Findings(
                from,
                receiving.ordered().lastForeignPayloadType(),
                receiving.program(),
                receiving.report().programs(),
                feeder.tracks().size());
    }

    private ReceptionStats snapshot() {
        Reception receiving = reception;
        List<ReceptionStats.Way> ways = new ArrayList<>();
        for (int i = 0; i < watches.size() && plan != null && receiving != null; i++) {
            PathState state = receiving.paths().get(i);
            ways.add(new ReceptionStats.Way(
                    plan.paths().get(i).media().toString(),
                    state.datagrams(),
                    state.from().map(Receiver::text),
                    watches.get(i).silence(),
                    watches.get(i).forgotten(),
                    sockets.stats(i)));
        }
        boolean ordered = receiving != null && receiving.form() == DatagramForm.RTP;
        return new ReceptionStats(
                path,
                source.toString(),
                since,
                failure,
                unusable,
                feeder.refusal(),
                feeder.publishes(),
                feeder.publications(),
                receiving == null ? DatagramForm.OTHER.name() : receiving.form().name(),
                receiving == null ? 0 : receiving.foreign(),
                receiving == null ? 0 : receiving.unknown(),
                ways,
                receiving == null || !ordered
                        ? Optional.empty()
                        : Optional.of(new ReceptionStats.Rtp(
                                receiving.ordered().stats(), receiving.ordered().parityStats())),
                Optional.ofNullable(receiving).map(Reception::report),
                Optional.ofNullable(receiving).map(Reception::program));
    }

    private static String text(InetSocketAddress address) {
        return IpLiteral.text(address.getAddress(), address.getPort());
    }
}
