package lancaster.rtmp.session;

import java.util.ArrayDeque;
import java.util.Deque;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/**
 * Media that waits to be sent. When it grows too large its access units are dropped and all further ones up to the next
 * random access point; configurations and data stay.
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
        if (event instanceof AccessUnit unit) {
            offer(unit);
            return;
        }
        if (event instanceof TrackConfigured configured) {
            hasVideo |= configured.track().isVideo();
        }
        events.add(event);
    }

    @Nullable
    MediaEvent poll() {
        MediaEvent event = events.poll();
        if (event instanceof AccessUnit unit) {
            bytes -= unit.payload().length();
        }
        return event;
    }

    private void offer(AccessUnit unit) {
        int size = unit.payload().length();
        if (bytes > 0 && size > limitBytes - bytes) {
            cut();
        }
        if (skipping && !isEntry(unit)) {
            droppedUnits++;
            return;
        }
        skipping = false;
        events.add(unit);
        bytes += size;
    }

    private void cut() {
        int before = events.size();
        events.removeIf(AccessUnit.class::isInstance);
        droppedUnits += before - events.size();
        bytes = 0;
        cuts++;
        skipping = true;
    }

    /** Whether a viewer can begin with this unit. */
    private boolean isEntry(AccessUnit unit) {
        return unit.randomAccess() && (!hasVideo || unit.trackId() < Track.AUDIO);
    }
}
