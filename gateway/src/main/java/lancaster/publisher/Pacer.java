package lancaster.publisher;

import java.io.IOException;
import java.util.Optional;
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

    private @Nullable MediaEvent next;
    private boolean anchored;
    private long anchorNs;
    private long anchor90k;
    private long last90k;
    private Timer timer = Timer.NONE;
    private boolean stopped;

    Pacer(RunLoop loop, MediaSource source, Sink sink) {
        this.loop = loop;
        this.source = source;
        this.sink = sink;
    }

    /** Begins with the source's next event, now. */
    void start() {
        stopped = false;
        turn();
    }

    /** Hands on nothing more until {@link #start}, which begins anew from where the source stands. */
    void stop() {
        stopped = true;
        anchored = false;
        timer.cancel();
    }

    private void turn() {
        try {
            while (!stopped) {
                MediaEvent event = next();
                if (event == null) {
                    stop();
                    sink.onEnd();
                    return;
                }
                long nowNs = loop.nowNs();
                long dueNs = dueNs(event, nowNs);
                if (dueNs > nowNs) {
                    timer = loop.schedule(dueNs - nowNs, this::turn);
                    return;
                }
                next = null;
                sink.onEvent(event);
                if (nowNs - dueNs > LATE_LIMIT_NS) {
                    leaveOut(nowNs, nowNs - dueNs);
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

    /** An event that was made is handed on however late it is: later pictures are predicted from it. */
    private void leaveOut(long nowNs, long lateNs) {
        if (!source.skipTo(anchor90k + to90k(nowNs - anchorNs))) {
            anchorNs += lateNs;
        }
    }

    private long dueNs(MediaEvent event, long nowNs) {
        Optional<Long> dts90k = dts90k(event);
        if (dts90k.isEmpty()) {
            return nowNs;
        }
        long time90k = dts90k.get();
        boolean jumps = time90k - last90k > MAX_PAUSE_90K || last90k - time90k > MAX_BACK_90K;
        if (!anchored || jumps) {
            anchored = true;
            anchorNs = nowNs;
            anchor90k = time90k;
        }
        last90k = time90k;
        return anchorNs + toNs(time90k - anchor90k);
    }

    private static Optional<Long> dts90k(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            return Optional.of(unit.dts90k());
        }
        return event instanceof DataMessage message ? Optional.of(message.dts90k()) : Optional.empty();
    }

    private static long toNs(long ticks90k) {
        return ticks90k * 100_000 / 9;
    }

    private static long to90k(long ns) {
        return ns * 9 / 100_000;
    }
}
