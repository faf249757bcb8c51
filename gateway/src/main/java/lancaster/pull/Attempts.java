package lancaster.pull;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.output.Backoff;
import lancaster.pull.PullStats.State;
import lancaster.receiver.StreamFeeder;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.EndReason;
import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all ways of fetching have in common: their state, and when it is tried again. Owner: the stream's client loop. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final long LONGEST_RETRY_NS = 30_000_000_000L;
    private static final int MAX_REASON_CHARS = 200;

    private final StreamPath path;
    private final String source;
    private final String protocol;
    private final PullContext context;
    private final RunLoop loop;
    private final StreamFeeder feeder;
    private final Backoff backoff;
    private final Runnable connect;

    private State state = State.CONNECTING;
    private Instant since;
    private String reason = "";
    private Timer retry = Timer.NONE;
    private long retryAtNs;
    private long liveSinceNs;
    private long attempts;
    private long successes;
    private long interruptions;

    /** @param connect makes one attempt */
    Attempts(
            StreamPath path,
            String source,
            String protocol,
            PullContext context,
            RunLoop loop,
            StreamFeeder feeder,
            RandomGenerator random,
            Runnable connect) {
        this.path = path;
        this.source = source;
        this.protocol = protocol;
        this.context = context;
        this.loop = loop;
        this.feeder = feeder;
        this.backoff = new Backoff(LONGEST_RETRY_NS, random);
        this.connect = connect;
        this.since = context.clock().instant();
    }

    State state() {
        return state;
    }

    void begin() {
        attempts++;
        become(State.CONNECTING);
        connect.run();
    }

    /** Media come. */
    void live() {
        if (state == State.CONNECTING) {
            successes++;
            liveSinceNs = loop.nowNs();
            become(State.LIVE);
            LOG.info("fetching path={} source={}", path, source);
        }
    }

    /** What should have been there was not; it goes on all the same. */
    void interrupted() {
        interruptions++;
    }

    /** It is over, or could not begin: tries again after a while. */
    void failed(String why) {
        if (state == State.ENDED || state == State.WAITING) {
            return;
        }
        boolean was = state == State.LIVE;
        String shown = printable(why);
        long waitNs = backoff.nextNs(was ? loop.nowNs() - liveSinceNs : 0);
        if (was || !shown.equals(reason)) {
            LOG.warn(
                    "fetching interrupted path={} source={} reason=\"{}\" retryMs={}",
                    path,
                    source,
                    shown,
                    waitNs / 1_000_000);
        }
        interruptions += was ? 1 : 0;
        reason = shown;
        feeder.end(EndReason.LOST);
        retryAtNs = loop.nowNs() + waitNs;
        retry = loop.schedule(waitNs, this::begin);
        become(State.WAITING);
    }

    void end() {
        retry.cancel();
        feeder.end(EndReason.CLOSED);
        become(State.ENDED);
    }

    /** What others say goes to logs and pages. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^ -~]", "?");
        return clean.length() <= MAX_REASON_CHARS ? clean : clean.substring(0, MAX_REASON_CHARS);
    }

    private void become(State next) {
        if (next != state) {
            state = next;
            since = context.clock().instant();
        }
    }

    PullStats stats(long accessUnits, long bytes, long bufferedMs) {
        Optional<String> why = feeder.refusal().or(() -> Optional.of(reason).filter(text -> !text.isEmpty()));
        return new PullStats(
                path,
                source,
                protocol,
                state,
                since,
                why,
                attempts,
                successes,
                state == State.WAITING
                        ? Optional.of(Math.max(0, (retryAtNs - loop.nowNs()) / 1_000_000))
                        : Optional.empty(),
                accessUnits,
                bytes,
                bufferedMs,
                interruptions);
    }
}
