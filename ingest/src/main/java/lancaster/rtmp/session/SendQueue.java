package lancaster.rtmp.session;

import java.util.ArrayDeque;
import java.util.Deque;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/**
 * Media that waits to be sent. When it grows too large it is emptied but for the configurations, and further access units
 * are dropped up to the next random access point.
 */
final class SendQueue {
    private final int limitBytes;
    private final Deque<MediaEvent> events = new ArrayDeque<>();
    private int bytes;
    private boolean hasVideo;
    private boolean skipping;
    private long cuts;
    private long droppedUnits;

    SendQueue(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    int bytes() {
        return bytes;
    }

    /** How often it was cut back. */
    long cuts() {
        return cuts;
    }

    /** Access units dropped by that. */
    long droppedUnits() {
        return droppedUnits;
    }

    void offer(MediaEvent event) {
        int size = bytes(event);
        if (bytes > 0 && size > limitBytes - bytes) {
            cut();
        }
        if (event instanceof TrackConfigured configured) {
            hasVideo |= configured.track().isVideo();
        } else if (event instanceof AccessUnit unit) {
            if (skipping && !isEntry(unit)) {
                droppedUnits++;
                return;
            }
            skipping = false;
        }
        events.add(event);
        bytes += size;
    }

    @Nullable
    MediaEvent poll() {
        MediaEvent event = events.poll();
        if (event != null) {
            bytes -= bytes(event);
        }
        return event;
    }

    private void cut() {
        droppedUnits += events.stream().filter(AccessUnit.class::isInstance).count();
        events.removeIf(event -> !(event instanceof TrackConfigured));
        bytes = 0;
        cuts++;
        skipping = true;
    }

    /** What counts of an event; configurations are few and must stay. */
    private static int bytes(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            return unit.payload().length();
        }
        return event instanceof DataMessage data ? data.amf0().length() : 0;
    }

    /** Whether a viewer can begin with this unit. */
    private boolean isEntry(AccessUnit unit) {
        return unit.randomAccess() && (!hasVideo || unit.trackId() < Track.AUDIO);
    }
}
