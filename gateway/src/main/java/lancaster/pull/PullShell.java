package lancaster.pull;

import java.util.function.Function;
import java.util.function.Supplier;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.receiver.StreamFeeder;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamSettings;

/**
 * What all ways of fetching have around them: the stream that they feed, the attempts, and what is told of both. Owner:
 * the stream's client loop, but for {@link #stats}.
 */
final class PullShell implements Pull {
    private static final long SECOND_NS = 1_000_000_000;

    /** Fetches by one protocol; all of it on the loop. */
    interface Way {
        /** Makes an attempt: what comes goes to {@link PullShell#give}, and its end to {@link PullShell#fail}. */
        void connect();

        /** Nothing more is wanted of the attempt that is made. */
        void hangUp();

        /** Once a second. */
        void tick();

        /** What is there and not yet due. */
        long bufferedMs();
    }

    private final RunLoop loop;
    private final StreamFeeder feeder;
    private final Attempts attempts;
    private final Way way;
    private Timer ticking = Timer.NONE;
    private long accessUnits;
    private long bytes;
    private volatile PullStats stats;

    /**
     * @param shown the source's address, without keys
     * @param settings asked for whenever it is published
     */
    PullShell(
            StreamPath path,
            String shown,
            String protocol,
            Supplier<StreamSettings> settings,
            PullContext context,
            Function<PullShell, Way> way) {
        this.loop = context.sources().loop(path);
        this.feeder =
                new StreamFeeder(path, settings, context.streams(), loop, protocol, shown, () -> true, () -> true);
        this.way = way.apply(this);
        this.attempts = new Attempts(path, shown, protocol, context, loop, feeder, context.random(), this.way::connect);
        this.stats = attempts.stats(0, 0, 0);
    }

    RunLoop loop() {
        return loop;
    }

    Attempts attempts() {
        return attempts;
    }

    @Override
    public void start() {
        ticking = loop.schedule(SECOND_NS, this::tick);
        attempts.begin();
    }

    @Override
    public PullStats stats() {
        return stats;
    }

    @Override
    public void close() {
        ticking.cancel();
        way.hangUp();
        attempts.end();
        stats = attempts.stats(accessUnits, bytes, 0);
    }

    /** Who is fetched from now on sends marks that are to be obeyed, or not. */
    void trustMarks(boolean trusted) {
        feeder.trustMarks(trusted);
    }

    /** What has come and is due. */
    void give(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            accessUnits++;
            bytes += unit.payload().length();
            attempts.live();
        }
        feeder.on(event);
    }

    /** The attempt has come to its end. */
    void fail(String why) {
        way.hangUp();
        attempts.failed(why);
    }

    private void tick() {
        ticking = loop.schedule(SECOND_NS, this::tick);
        way.tick();
        stats = attempts.stats(accessUnits, bytes, way.bufferedMs());
    }
}
