package lancaster.output;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.multicast.MulticastException;
import lancaster.output.MulticastOutputStats.State;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live stream as IP multicast: prepared, stopped or running; started anew where it fails. Other outputs of the stream
 * never notice. Owner: the multicast loop; what is public may be called from any thread.
 */
public final class MulticastOutput {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastOutput.class);
    /** To open a socket costs nothing, and an interface that comes back is waited for. */
    private static final long LONGEST_RETRY_NS = 5_000_000_000L;

    private final LiveStream stream;
    private final MulticastHouse house;
    private final Consumer<MulticastOutput> onGone;
    private final RunMaker maker;
    private final FailureLog failures;
    private final Backoff backoff = new Backoff(LONGEST_RETRY_NS);

    private volatile MulticastOutputStats stats;

    /** As configured or changed. */
    private MulticastOutputSettings wanted;
    /** With the groups of the plan. */
    private MulticastOutputSettings planned;

    private MulticastTotals totals;
    private boolean stopped;
    private State state = State.WAITING;
    private String reason = "";
    private Instant since;
    private List<String> warnings = List.of();
    private @Nullable MulticastRun run;
    private @Nullable Subscription subscription;
    private long startedNs;
    /** Counts attempts, so that a retry that was overtaken does nothing. */
    private int attempt;

    private long restarts;

    MulticastOutput(
            LiveStream stream,
            MulticastOutputSettings settings,
            boolean stopped,
            MulticastHouse house,
            Consumer<MulticastOutput> onGone) {
        this.stream = stream;
        this.wanted = settings;
        this.planned = settings;
        this.totals = new MulticastTotals();
        this.stopped = stopped;
        this.house = house;
        this.onGone = onGone;
        this.since = house.clock().instant();
        this.maker = new RunMaker(house);
        this.failures = new FailureLog(stream.path());
        this.stats = snapshot();
    }

    public StreamPath path() {
        return stream.path();
    }

    public LiveStream stream() {
        return stream;
    }

    /** From any thread. */
    public MulticastOutputStats stats() {
        return stats;
    }

    /** On the loop of the stream, before anything has left it: whoever subscribes here misses nothing. */
    void begin() {
        MulticastRun first = mustRun() ? maker.make(wanted, new RunEnds()) : null;
        house.loop().execute(() -> plan(first));
        if (first != null) {
            Subscription early = stream.subscribe(RunMaker.subscription(wanted), house.loop(), first);
            house.loop().execute(() -> adopt(first, early));
        }
    }

    private void adopt(MulticastRun first, Subscription early) {
        if (run == first) {
            subscription = early;
        } else {
            early.close();
        }
    }

    MulticastOutputSettings wanted() {
        return wanted;
    }

    /** Takes new settings, whatever it does now. */
    void change(MulticastOutputSettings settings, boolean stop) {
        if (settings.equals(wanted) && stop == stopped && (run != null || !mustRun())) {
            return;
        }
        if (stop == stopped && adjust(settings)) {
            return;
        }
        close();
        wanted = settings;
        stopped = stop;
        plan(null);
    }

    /** Changes what leaves the media as they are without interrupting them. */
    private boolean adjust(MulticastOutputSettings settings) {
        if (run == null || !run.isOpen() || !settings.hasInterfaces()) {
            return false;
        }
        PlannedSession session = PlannedSession.of(settings, path().toString(), house);
        if (!session.refusal().isEmpty() || !session.settings().isSameSession(planned)) {
            return false;
        }
        try {
            run.adjust(session.settings(), house.outlets());
        } catch (MulticastException e) {
            return false;
        }
        house.claims().put(path().toString(), session.claims());
        wanted = settings;
        planned = session.settings();
        warn(session.warnings(), run);
        LOG.info("multicast changed path={} settings={}", path(), planned);
        stats = snapshot();
        return true;
    }

    /** The plan is another: a group of the plan is changed for one of the new plan. */
    void replan() {
        boolean named = wanted.legs().stream().allMatch(leg -> leg.group().isPresent());
        if (!named) {
            close();
            plan(null);
        }
    }

    /** Once a second. */
    void tick() {
        if (run != null && run.isOpen()) {
            totals.second(run, planned.legs().size());
            if (totals.isDeaf()) {
                fail("nothing leaves any more: " + MulticastTotals.causes(run));
            } else if (totals.isBusy() && state == State.WAITING) {
                become(State.SENDING, "");
            } else if (totals.isQuiet() && state == State.SENDING) {
                become(State.WAITING, "no media come");
            }
        }
        stats = snapshot();
    }

    /** Nothing more comes; what runs goes on until all has left. */
    void onStreamEnded() {
        if (run == null) {
            close();
            onGone.accept(this);
        }
    }

    /** Ends what runs; the output can be started again. */
    void close() {
        attempt++;
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        if (run != null) {
            MulticastRun ended = run;
            run = null;
            ended.close();
            totals.add(ended);
        }
    }

    private boolean mustRun() {
        return !stopped && wanted.hasInterfaces();
    }

    /** Finds groups, says who is in the way, opens. */
    private void plan(@Nullable MulticastRun first) {
        run = first;
        startedNs = house.loop().nowNs();
        PlannedSession session = PlannedSession.of(wanted, path().toString(), house);
        planned = session.settings();
        if (!session.refusal().isEmpty()) {
            fail(session.refusal());
            return;
        }
        house.claims().put(path().toString(), session.claims());
        if (mustRun()) {
            open(session.warnings());
            return;
        }
        warn(session.warnings());
        if (stopped) {
            become(State.STOPPED, "stopped by the operator");
        } else {
            become(State.PREPARED, "no interface is named: nothing is sent");
        }
    }

    private void warn(List<String> ofAddresses, MulticastRun opened) {
        List<String> found = new ArrayList<>(ofAddresses);
        found.addAll(opened.warnings());
        warn(found);
    }

    private void warn(List<String> found) {
        if (!found.equals(warnings)) {
            warnings = found;
            found.forEach(warning -> LOG.warn("multicast address path={} cause=\"{}\"", path(), warning));
        }
    }

    private void open(List<String> addressWarnings) {
        MulticastRun opened = run == null ? maker.make(wanted, new RunEnds()) : run;
        try {
            maker.open(opened, planned);
        } catch (MulticastException e) {
            fail(String.valueOf(e.getMessage()));
            return;
        }
        warn(addressWarnings, opened);
        if (run == null) {
            run = opened;
            subscription = stream.subscribe(RunMaker.subscription(wanted), house.loop(), opened);
        }
        LOG.info(
                "multicast opened path={} group={} interface={} source={}",
                path(),
                planned.leg().group().orElseThrow(),
                planned.leg().interfaceName().orElseThrow(),
                opened.source().getHostAddress());
        become(State.WAITING, "for the next random access point");
    }

    /** Closes what is open and tries again after a while. */
    private void fail(String why) {
        close();
        long waitNs = backoff.nextNs(house.loop().nowNs() - startedNs);
        failures.failed(why, restarts, house.loop().nowNs());
        become(State.RETRYING, why);
        int mine = attempt;
        var unused = house.loop().schedule(waitNs, () -> {
            if (mine == attempt) {
                restarts++;
                plan(null);
            }
        });
    }

    private void become(State next, String why) {
        if (next != state || !why.equals(reason)) {
            state = next;
            reason = why;
            since = house.clock().instant();
        }
        stats = snapshot();
    }

    private MulticastOutputStats snapshot() {
        List<MulticastOutputStats.Way> ways = run == null ? List.of() : run.ways();
        if (ways.isEmpty()) {
            ways = planned.legs().stream().map(MulticastOutputStats.Way::closed).toList();
        }
        return new MulticastOutputStats(
                path(),
                state,
                reason,
                since,
                planned,
                warnings,
                ways,
                totals.counters(run, restarts),
                maker.lateness().snapshot(),
                run == null || !run.isOpen() ? Optional.empty() : Optional.of(run.departure()),
                run == null || !run.isOpen() ? Optional.empty() : run.viewers());
    }

    private final class RunEnds implements MulticastRun.Listener {
        @Override
        public void onFailed(MulticastRun failed, String why) {
            if (failed == run) {
                fail(why);
            }
        }

        @Override
        public void onFinished(MulticastRun finished) {
            if (finished == run) {
                totals.add(finished);
                run = null;
                onGone.accept(MulticastOutput.this);
            }
        }
    }
}
