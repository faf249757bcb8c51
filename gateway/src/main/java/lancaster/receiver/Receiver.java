package lancaster.receiver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import lancaster.multicast.net.ReceiverStats;
import lancaster.output.Backoff;
import lancaster.receiver.ReceptionPlan.Port;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one stream for ever: opens sockets, publishes what comes, says why nothing does, and tries again. Owner: the
 * multicast loop; {@link #stats} and {@link #close} from any thread.
 */
final class Receiver implements AutoCloseable {
    /** Arrivals tell of jitter and of clocks: they are looked at as they come. */
    private static final long ARRIVALS_NS = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
    private static final String PROTOCOL = "multicast";
    private static final long SECOND_NS = 1_000_000_000;
    /** Without media for so long the stream waits for its source, as for an encoder that is gone. */
    private static final long PAUSE_NS = 3 * SECOND_NS;
    /** Datagrams of which nothing can be made for so long are a trouble: groups of pictures may be long. */
    private static final long UNUSABLE_NS = 10 * SECOND_NS;
    /** How long others that send to the group are listened for. */
    private static final long SEARCH_NS = 3 * SECOND_NS;

    private static final int MAX_SENDERS = 4;
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

    /** A socket of a plan. */
    private record Open(ReceiverSettings settings, Sockets.Joined socket) {}

    private final StreamPath path;
    private final SourceSettings source;
    private final Context context;
    private final RunLoop loop;
    private final StreamFeeder feeder;
    private final Backoff backoff = new Backoff();
    private final Instant since;

    private @Nullable ReceptionPlan plan;
    private @Nullable Reception reception;
    private final List<PathWatch> watches = new ArrayList<>();
    /** The media sockets of the ways, in their order. */
    private final List<Open> media = new ArrayList<>();

    private final List<Open> parity = new ArrayList<>();
    private List<Optional<ReceiverStats>> socketStats = List.of();
    private Timer ticking = Timer.NONE;
    private Timer retrying = Timer.NONE;
    private Optional<String> failure = Optional.empty();
    private Optional<String> unusable = Optional.empty();
    private boolean joinedTold;
    private boolean everHeard;
    private boolean tracksTold;
    private boolean live;
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
            closeSockets();
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
        closeSockets();
        long waitNs = backoff.nextNs(0);
        if (!failure.equals(Optional.of(why))) {
            LOG.warn("receiving failed path={} source={} cause=\"{}\"", path, source, why);
            tell(ReceiverNews.Kind.FAILED, why);
        }
        failure = Optional.of(why);
        retrying.cancel();
        retrying = loop.schedule(waitNs, this::prepare);
    }

    private void open(ReceptionPlan next) {
        closeSockets();
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
            for (int i = 0; i < next.paths().size(); i++) {
                media.add(open(next.paths().get(i).media(), receiving, i, Port.MEDIA));
                receiving.paths().get(i).joined(loop.nowNs());
                openParity(next.paths().get(i), receiving, i);
            }
        } catch (MulticastException e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        boolean news = failure.isPresent() || !joinedTold;
        failure = Optional.empty();
        joinedTold = true;
        if (news) {
            LOG.info("receiving path={} source={} joined=\"{}\"", path, source, next.text());
            tell(ReceiverNews.Kind.JOINED, (isGroup(next) ? "joined " : "listening on ") + next.text());
        }
        lookAtSockets();
    }

    private static boolean isGroup(ReceptionPlan plan) {
        return plan.paths().get(0).media().networkInterface().isPresent();
    }

    private Open open(ReceiverSettings settings, Reception receiving, int way, Port port) throws MulticastException {
        return new Open(
                settings,
                context.sockets()
                        .open(
                                settings,
                                (data, from, arrivalNs) -> receiving.datagram(way, port, data, from, arrivalNs)));
    }

    /** Without parity a stream is received all the same. */
    private void openParity(ReceptionPlan.Path way, Reception receiving, int index) {
        for (ReceiverSettings settings : way.parity()) {
            try {
                parity.add(open(settings, receiving, index, Port.PARITY));
            } catch (MulticastException e) {
                LOG.info("no parity path={} address={} cause=\"{}\"", path, settings, e.getMessage());
            }
        }
    }

    private void closeSockets() {
        media.forEach(open -> open.socket().close());
        parity.forEach(open -> open.socket().close());
        media.clear();
        parity.clear();
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
            progress(receiving);
            for (int i = 0; i < watches.size() && i < media.size(); i++) {
                watch(watches.get(i), media.get(i), nowNs);
            }
            judge(receiving, nowNs);
            if (++seconds % SECONDS_BETWEEN_SOCKET_STATS == 0) {
                lookAtSockets();
            }
        }
        stats = snapshot();
    }

    /** What people who wait want to know, once each. */
    private void progress(Reception receiving) {
        if (!everHeard) {
            Optional<InetSocketAddress> from = receiving.paths().stream()
                    .flatMap(state -> state.from().stream())
                    .findFirst();
            everHeard = from.isPresent();
            from.ifPresent(sender -> {
                LOG.info("datagrams come path={} from={}", path, text(sender));
                tell(ReceiverNews.Kind.HEARD, "datagrams come from " + text(sender));
            });
        }
        if (!tracksTold && !feeder.tracks().isEmpty() && allTracksConfigured()) {
            tracksTold = true;
            String names = String.join(
                    ", ",
                    feeder.tracks().values().stream()
                            .map(track -> track.config().codecName())
                            .sorted()
                            .toList());
            String leftOut = Usability.leftOut(receiving.program())
                    .map(list -> "; left out: " + list)
                    .orElse("");
            LOG.info("tracks path={} tracks=\"{}\"", path, names + leftOut);
            tell(ReceiverNews.Kind.TRACKS, "the stream consists of " + names + leftOut);
        }
        if (feeder.publishes() != live) {
            live = feeder.publishes();
            if (live) {
                tell(ReceiverNews.Kind.PUBLISHED, "the stream is live");
            }
        }
    }

    private void watch(PathWatch watch, Open open, long nowNs) {
        ReceiverSettings settings = open.settings();
        Optional<Silence> before = watch.silence();
        Optional<ReceiverNews.Kind> news =
                watch.second(settings, nowNs, context.clock().instant());
        if (news.isPresent() && news.get() == ReceiverNews.Kind.SILENT) {
            Silence silence = watch.silence().orElseThrow();
            LOG.warn("silence path={} cause={} explanation=\"{}\"", path, silence.cause(), silence.text());
            tell(ReceiverNews.Kind.SILENT, silence.text());
        } else if (news.isPresent()) {
            long silentS = before.map(Silence::duration).orElse(Duration.ZERO).toSeconds();
            LOG.info("silence over path={} address=\"{}\" afterS={}", path, settings, silentS);
            tell(ReceiverNews.Kind.BACK, "datagrams come again for " + settings + " after " + silentS + " s");
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
            case SEARCH -> search(settings, watch);
            case NONE -> {}
        }
    }

    /** Listens to anybody for a while. */
    private void search(ReceiverSettings settings, PathWatch watch) {
        Set<String> senders = new LinkedHashSet<>();
        try {
            Sockets.Joined anybody = context.sockets().open(settings.fromAnybody(), (data, from, arrivalNs) -> {
                if (senders.size() < MAX_SENDERS) {
                    senders.add(IpLiteral.text(from.getAddress()));
                }
            });
            var unused = loop.schedule(SEARCH_NS, () -> {
                anybody.close();
                settings.source().map(IpLiteral::text).ifPresent(senders::remove);
                watch.otherSenders(List.copyOf(senders));
            });
        } catch (MulticastException e) {
            LOG.debug("no search path={} cause=\"{}\"", path, e.getMessage());
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
                LOG.info("usable again path={}", path);
                tell(ReceiverNews.Kind.BACK, "the stream can be used again");
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
            LOG.warn("nothing usable path={} cause=\"{}\"", path, why);
            tell(ReceiverNews.Kind.UNUSABLE, why);
        }
    }

    private Usability.Findings findings(Reception receiving) {
        String from = receiving.paths().stream()
                .flatMap(state -> state.from().stream())
                .map(Receiver::text)
                .findFirst()
                .orElse("");
        return new Usability.Findings(
                from,
                receiving.ordered().lastForeignPayloadType(),
                receiving.program(),
                receiving.report().programs(),
                feeder.tracks().size());
    }

    private void lookAtSockets() {
        List<Open> now = List.copyOf(media);
        context.control().execute(() -> {
            List<Optional<ReceiverStats>> found =
                    now.stream().map(open -> Optional.of(open.socket().stats())).toList();
            loop.execute(() -> socketStats = found);
        });
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
                    i < socketStats.size() ? socketStats.get(i) : Optional.empty()));
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

    private void tell(ReceiverNews.Kind kind, String text) {
        context.news().accept(new ReceiverNews(path, kind, text));
    }

    private static String text(InetSocketAddress address) {
        return IpLiteral.text(address.getAddress(), address.getPort());
    }
}
