package lancaster.republish;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import lancaster.output.Backoff;
import lancaster.republish.TargetStats.State;
import lancaster.rtmp.session.MediaBatch;
import lancaster.rtmp.session.Relay;
import lancaster.rtmp.session.RelayStats;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server that a stream is sent on to: connects, and again after it failed. Owner: the stream's client loop. */
final class Target {
    private static final Logger LOG = LoggerFactory.getLogger(Target.class);
    private static final long LONGEST_RETRY_NS = 30_000_000_000L;
    private static final int MAX_REASON_CHARS = 200;

    /**
     * What targets share.
     *
     * @param ids the next one that is free
     * @param stopped those that were stopped by hand; for several threads
     */
    record Context(
            Uplinks uplinks, InstantSource clock, RandomGenerator random, LongSupplier ids, Set<Address> stopped) {}

    /** What a target is known by while streams come and go. */
    record Address(StreamPath path, RtmpUrl url) {}

    private final StreamPath path;
    private final TargetSettings settings;
    private final long id;
    private final Context context;
    private final RunLoop loop;
    private final Backoff backoff;
    /** What lies since the last random access point, for a new connection. */
    private final List<MediaBatch> recent;

    private @Nullable Relay uplink;
    private Timer retry = Timer.NONE;
    private long retryAtNs;
    private long startedNs;
    private State state = State.CONNECTING;
    private Instant since;
    private String reason = "";
    private long attempts;
    private long publications;
    private RelayStats past = RelayStats.NONE;
    private volatile TargetStats stats;

    Target(StreamPath path, long id, TargetSettings settings, Context context, List<MediaBatch> recent) {
        this.path = path;
        this.settings = settings;
        this.id = id;
        this.context = context;
        this.loop = context.uplinks().loop(path);
        this.backoff = new Backoff(LONGEST_RETRY_NS, context.random());
        this.recent = recent;
        this.since = context.clock().instant();
        this.stats = snapshot();
    }

    TargetSettings settings() {
        return settings;
    }

    /** From any thread. */
    TargetStats stats() {
        return stats;
    }

    /** Connects, unless somebody has stopped it. */
    void begin() {
        if (context.stopped().contains(address())) {
            become(State.STOPPED);
        } else {
            connect();
        }
    }

    long id() {
        return id;
    }

    private Address address() {
        return new Address(path, settings.url());
    }

    /** By hand: nothing is sent there until {@link #resume}. */
    void stop() {
        context.stopped().add(address());
        if (state == State.ENDED || state == State.STOPPED) {
            return;
        }
        retry.cancel();
        reason = "";
        hangUp(State.STOPPED);
        LOG.info("republishing stopped path={} target={}", path, settings);
    }

    /** By hand: connects at once, also where it waits to try again. */
    void resume() {
        context.stopped().remove(address());
        if (state == State.STOPPED || state == State.WAITING) {
            retry.cancel();
            backoff.reset();
            connect();
        }
    }

    /** It isn't among the targets any more: if it comes back, then not as stopped. */
    void forget() {
        context.stopped().remove(address());
    }

    private void connect() {
        attempts++;
        startedNs = loop.nowNs();
        become(State.CONNECTING);
        Connection connection = new Connection();
        try {
            Relay dialled = context.uplinks().dial(path, settings, connection);
            uplink = dialled;
            connection.uplink = dialled;
            recent.forEach(dialled::offer);
        } catch (RuntimeException e) {
            failed("can't connect: " + e.getMessage());
        }
    }

    /** What fails here concerns this target alone. */
    void offer(MediaBatch batch) {
        Relay to = uplink;
        if (to == null) {
            return;
        }
        try {
            to.offer(batch);
        } catch (RuntimeException e) {
            LOG.warn("republishing failed path={} target={}", path, settings, e);
            interrupt("a mistake of ours: " + e);
        }
    }

    /** Ends the connection, and begins another after a while. */
    void interrupt(String why) {
        Relay to = uplink;
        if (to != null) {
            failed(why);
            to.close();
        }
    }

    /** Once a second. */
    void tick() {
        stats = snapshot();
    }

    /** The stream is over, or isn't to be sent here any more. */
    void close() {
        retry.cancel();
        hangUp(State.ENDED);
    }

    private void hangUp(State next) {
        Relay last = uplink;
        uplink = null;
        become(next);
        if (last != null) {
            past = past.plus(withoutQueue(last.stats()));
            last.close();
        }
        stats = snapshot();
    }

    private void failed(String why) {
        Relay last = uplink;
        uplink = null;
        if (state == State.ENDED || state == State.WAITING || state == State.STOPPED) {
            return;
        }
        if (last != null) {
            past = past.plus(withoutQueue(last.stats()));
        }
        long waitNs = backoff.nextNs(state == State.PUBLISHING ? loop.nowNs() - startedNs : 0);
        String shown = printable(why);
        if (!shown.equals(reason) || state == State.PUBLISHING) {
            LOG.warn(
                    "republishing interrupted path={} target={} reason=\"{}\" retryMs={}",
                    path,
                    settings,
                    shown,
                    waitNs / 1_000_000);
        }
        reason = shown;
        retryAtNs = loop.nowNs() + waitNs;
        retry = loop.schedule(waitNs, this::connect);
        become(State.WAITING);
    }

    private static RelayStats withoutQueue(RelayStats ended) {
        return new RelayStats(ended.sentMessages(), ended.sentBytes(), 0, ended.cuts(), ended.droppedMessages());
    }

    /** What a server says goes to logs and pages. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^ -~]", "?");
        return clean.length() <= MAX_REASON_CHARS ? clean : clean.substring(0, MAX_REASON_CHARS);
    }

    private void become(State next) {
        if (next != state) {
            state = next;
            since = context.clock().instant();
        }
        stats = snapshot();
    }

    private TargetStats snapshot() {
        return new TargetStats(
                path,
                id,
                settings.toString(),
                state,
                since,
                Optional.of(reason).filter(text -> !text.isEmpty()),
                attempts,
                publications,
                state == State.WAITING
                        ? Optional.of(Math.max(0, (retryAtNs - loop.nowNs()) / 1_000_000))
                        : Optional.empty(),
                uplink == null ? past : past.plus(uplink.stats()));
    }

    private final class Connection implements RtmpClientListener {
        private @Nullable Relay uplink;
        private String lastStatus = "";

        @Override
        public void onStarted() {
            if (uplink == Target.this.uplink) {
                publications++;
                LOG.info("republishing path={} target={}", path, settings);
                become(State.PUBLISHING);
            }
        }

        /** What the server says before it closes: the reason that the end of a connection itself lacks. */
        @Override
        public void onStatus(StatusReport status) {
            lastStatus = status.description().isEmpty() ? lastStatus : status.toString();
        }

        @Override
        public void onRefused(StatusReport status) {
            lastStatus = status.toString();
        }

        @Override
        public void onClosed(String why) {
            if (uplink == Target.this.uplink) {
                failed(lastStatus.isEmpty() ? why : lastStatus);
            }
        }
    }
}
