package lancaster.stream;

import java.util.List;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What a publication begins with: it is held until its tracks are known, or were waited for long enough. One that
 * announces pictures begins with a picture, wherever its outputs join. Owner: the stream's loop.
 */
final class Beginning {
    /** How long tracks are waited for, by the clock: timestamps need not advance. */
    private static final long TRACKS_NS = RunLoop.SECOND_NS;

    /**
     * How long pictures are waited for that are announced: who joins a relay in the middle of a group of pictures hears
     * its sound first, and what begins with sound alone is taken for sound alone. Ten seconds are the group of pictures
     * that x264 makes unless it is told otherwise.
     */
    private static final long PICTURES_NS = 10 * RunLoop.SECOND_NS;

    private final RunLoop loop;
    private final Runnable onDue;

    /** Present while something is held. */
    private @Nullable Probe probe;

    private boolean tracksTimedOut;
    private boolean picturesTimedOut;
    private Timer waiting = Timer.NONE;

    /** @param onDue called whenever what is held {@linkplain #isDue is due} */
    Beginning(RunLoop loop, Runnable onDue) {
        this.loop = loop;
        this.onDue = onDue;
    }

    /** From now on events are held, for another publication; what was held before is of no use. */
    void begin() {
        drop();
        probe = new Probe();
    }

    /** Whether {@code event} is held now; if not, nothing is waited for. */
    boolean holds(MediaEvent event) {
        Probe holding = probe;
        if (holding == null) {
            return false;
        }
        boolean hadMedia = holding.hasMedia();
        holding.add(event);
        if (holding.hasMedia() && !hadMedia) {
            waiting = loop.schedule(TRACKS_NS, this::onTracksTimedOut);
        }
        if (isDue()) {
            onDue.run();
        }
        return true;
    }

    /** Whether what is held can go: more is not to be expected, or not to be held. */
    boolean isDue() {
        Probe holding = probe;
        return holding != null
                && (holding.isComplete()
                        || holding.isFull()
                        || picturesTimedOut
                        || (tracksTimedOut && !holding.awaitsPictures()));
    }

    /** Whether pictures were announced that didn't come in time. */
    boolean lacksPictures() {
        return probe != null && picturesTimedOut && probe.awaitsPictures();
    }

    boolean isFull() {
        return probe != null && probe.isFull();
    }

    boolean hasMedia() {
        return probe != null && probe.hasMedia();
    }

    /** What was held; nothing is held from now on. */
    List<MediaEvent> release() {
        List<MediaEvent> held = probe == null ? List.of() : probe.release();
        drop();
        return held;
    }

    void drop() {
        waiting.cancel();
        probe = null;
        tracksTimedOut = false;
        picturesTimedOut = false;
    }

    private void onTracksTimedOut() {
        tracksTimedOut = true;
        if (isDue()) {
            onDue.run();
        } else {
            waiting = loop.schedule(PICTURES_NS - TRACKS_NS, this::onPicturesTimedOut);
        }
    }

    private void onPicturesTimedOut() {
        picturesTimedOut = true;
        onDue.run();
    }
}
