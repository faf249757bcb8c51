package lancaster.stream;

import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a stream, used on its publisher's loop. Where that isn't the stream's own loop, a bounded queue
 * lies between, which is cut like an output's.
 */
public final class Publication {
    private static final int LIMIT_BYTES = 32 << 20;
    private static final long LIMIT_90K = 10 * Timebase.HZ;

    private final LiveStream stream;
    private final PublisherInfo info;
    private final PublisherControl control;
    private final RunLoop loop;
    private final StreamSettings settings;

    /** Guards all that follows. */
    private final Object lock = new Object();

    private final EventQueue queue = new EventQueue(LIMIT_BYTES, LIMIT_90K);
    private boolean draining;
    private boolean skipping;
    private boolean hasVideo;

    Publication(
            LiveStream stream, PublisherInfo info, PublisherControl control, RunLoop loop, StreamSettings settings) {
        this.stream = stream;
        this.info = info;
        this.control = control;
        this.loop = loop;
        this.settings = settings;
    }

    /** Takes one event; its times are those of the publisher's own clock, unwrapped. */
    public void publish(MediaEvent event) {
        assert loop.inLoop();
        if (loop == stream.loop()) {
            stream.on(this, event);
        } else {
            enqueue(event);
        }
    }

    /** The publisher is gone; further calls do nothing. */
    public void end(EndReason reason) {
        assert loop.inLoop();
        if (loop == stream.loop()) {
            stream.onEnd(this, reason);
        } else {
            stream.loop().execute(() -> {
                drain();
                stream.onEnd(this, reason);
            });
        }
    }

    PublisherInfo info() {
        return info;
    }

    /** Tells the publisher's session that it is over. */
    void close(CloseReason reason) {
        control.close(reason);
    }

    StreamSettings settings() {
        return settings;
    }

    RunLoop loop() {
        return loop;
    }

    /** Access units that the queue lost. */
    long lostAccessUnits() {
        synchronized (lock) {
            return queue.gapAccessUnits();
        }
    }

    private void enqueue(MediaEvent event) {
        synchronized (lock) {
            if (event instanceof AccessUnit unit) {
                skipping = queue.isFullFor(unit) || (skipping && !startsAt(unit));
                if (skipping) {
                    queue.addToGap(unit);
                    return;
                }
            } else if (queue.isFullFor(event)) {
                return;
            }
            hasVideo |= event instanceof TrackConfigured configured
                    && configured.track().isVideo();
            queue.add(event);
            if (!draining) {
                draining = true;
                stream.loop().execute(this::drain);
            }
        }
    }

    private boolean startsAt(AccessUnit unit) {
        return unit.randomAccess() && (!hasVideo || unit.trackId() < Track.AUDIO);
    }

    private void drain() {
        for (Object entry = poll(); entry != null; entry = poll()) {
            if (entry instanceof MediaEvent event) {
                stream.on(this, event);
            } else if (entry instanceof EventQueue.Gap gap) {
                stream.onGap(this, gap.accessUnits());
            }
        }
    }

    private @Nullable Object poll() {
        synchronized (lock) {
            Object entry = queue.poll();
            draining = entry != null;
            return entry;
        }
    }
}
