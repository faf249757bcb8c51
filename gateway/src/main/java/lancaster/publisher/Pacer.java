package lancaster.publisher;

import java.io.IOException;
import java.util.OptionalLong;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;

/** Hands on the events of a source as their time comes. Who was held up catches up by leaving out, never by a burst. */
final class Pacer {
    /** Where the events go, on the pacer's loop. */
    interface Sink {
        void onEvent(MediaEvent event);

        void onEnd();

        void onFailure(IOException cause);
    }

    /** A delay up to this is made good by sending what is due at once. */
    static final long LATE_LIMIT_NS = 250_000_000;
    /** Timestamps that jump on by more are a new beginning, not a pause. */
    static final long MAX_PAUSE_90K = 10 * Timebase.HZ;
    /** Timestamps that go back by more are a new beginning, not interleaving. */
    static final long MAX_BACK_90K = Timebase.HZ;

    private final RunLoop loop;
    private final MediaSource source;
    private final Sink sink;
    /** The time 0 of a live source. */
    private final long originNs;

    private @Nullable MediaEvent next;
    private boolean running;
    private boolean live;
    private boolean anchored;
    private long anchorNs;
    private long anchor90k;
    private long last90k;
    private Timer timer = Timer.NONE;

    /** Time 0 of a live source is now. */
    Pacer(RunLoop loop, MediaSource source, Sink sink) {
        this.loop = loop;
        this.source = source;
        this.sink = sink;
        originNs = loop.nowNs();
    }

    /** Begins or goes on, now: a live source at its present, any other one where it stands. */
    void start() {
        running = true;
        live = source.skipTo(to90k(loop.nowNs() - originNs));
        anchored = live;
        anchorNs = originNs;
        anchor90k = 0;
        turn();
    }

    /** Hands on nothing more until the next {@link #start}. */
    void stop() {
        running = false;
        timer.cancel();
    }

    private void turn() {
        try {
            while (running) {
                MediaEvent event = next();
                if (event == null) {
                    stop();
                    sink.onEnd();
                    return;
                }
                long nowNs = loop.nowNs();
                long lateNs = nowNs - dueNs(event, nowNs);
                if (lateNs < 0) {
                    timer = loop.schedule(-lateNs, this::turn);
                    return;
                }
                next = null;
                sink.onEvent(event);
                if (lateNs > LATE_LIMIT_NS) {
                    catchUp(nowNs, lateNs);
                }
            }
        } catch (IOException e) {
            stop();
            sink.onFailure(e);
        }
    }

    private @Nullable MediaEvent next() throws IOException {
        if (next == null) {
            next = source.next().orElse(null);
        }
        return next;
    }

    /** What was made is handed on before, however late it is: later pictures are predicted from it. */
    private void catchUp(long nowNs, long lateNs) {
        if (live) {
            source.skipTo(to90k(nowNs - originNs));
        } else {
            anchorNs += lateNs;
        }
    }

    private long dueNs(MediaEvent event, long nowNs) {
        OptionalLong dts90k = dts90k(event);
        if (dts90k.isEmpty()) {
            return nowNs;
        }
        long time90k = dts90k.getAsLong();
        if (!anchored || (!live && jumps(time90k))) {
            anchored = true;
            anchorNs = nowNs;
            anchor90k = time90k;
        }
        last90k = time90k;
        return anchorNs + toNs(time90k - anchor90k);
    }

    private boolean jumps(long time90k) {
        return time90k - last90k > MAX_PAUSE_90K || last90k - time90k > MAX_BACK_90K;
    }

    private static OptionalLong dts90k(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            return OptionalLong.of(unit.dts90k());
        }
        return event instanceof DataMessage message ? OptionalLong.of(message.dts90k()) : OptionalLong.empty();
    }

    private static long toNs(long ticks90k) {
        return ticks90k * 100_000 / 9;
    }

    private static long to90k(long ns) {
        return ns * 9 / 100_000;
    }
}
