package lancaster.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/**
 * Holds the first events of a publication until it is known which tracks it has: both kinds are there, or the metadata
 * promises one kind only and that one is there. Video is there with its first random access point. Its owner limits
 * the wait in time.
 */
final class Probe {
    /** Nothing sensible holds more before its first random access point. */
    static final int LIMIT_BYTES = 16 << 20;
    /** Empty events cost memory too. */
    private static final int LIMIT_EVENTS = 20_000;

    private final List<MediaEvent> held = new ArrayList<>();
    private MetadataHint hint = MetadataHint.NONE;
    private boolean videoConfigured;
    private boolean video;
    private boolean audio;
    private boolean anyMedia;
    private long bytes;

    /** How much was held when it became complete: how long a disk takes must not decide on the order. */
    private int complete = Integer.MAX_VALUE;

    void add(MediaEvent event) {
        held.add(event);
        if (event instanceof TrackConfigured configured) {
            Track track = configured.track();
            audio |= track.isAudio();
            videoConfigured |= track.isVideo();
            bytes += track.config().record().length();
        } else if (event instanceof AccessUnit unit) {
            anyMedia = true;
            video |= videoConfigured && unit.randomAccess() && unit.trackId() < Track.AUDIO;
            bytes += unit.payload().length();
        } else if (event instanceof DataMessage message) {
            MetadataHint said = MetadataHint.of(message);
            hint = said.equals(MetadataHint.NONE) ? hint : said;
            bytes += message.amf0().length();
        }
        if (complete == Integer.MAX_VALUE && isComplete()) {
            complete = held.size();
        }
    }

    /** Whether the wait has begun: an access unit has come. */
    boolean hasMedia() {
        return anyMedia;
    }

    /** Whether all tracks are there that can be expected. */
    boolean isComplete() {
        boolean videoOnly = hint.video() && !hint.audio();
        boolean audioOnly = hint.audio() && !hint.video();
        return (video || (audioOnly && !videoConfigured)) && (audio || videoOnly);
    }

    /** Whether pictures are announced, by metadata or their configuration, of which none can be decoded yet. */
    boolean awaitsPictures() {
        return !video && (videoConfigured || hint.video());
    }

    /** Whether it holds more than it may. */
    boolean isFull() {
        return bytes > LIMIT_BYTES || held.size() > LIMIT_EVENTS;
    }

    /**
     * What was held, in order; but a random access point of the video comes before the sound that came earlier, since a
     * segment should begin with a picture, and behind the configuration of the sound, which couldn't join there else.
     */
    List<MediaEvent> release() {
        int first = firstRandomAccess();
        if (first < 0) {
            return held;
        }
        List<MediaEvent> ordered = new ArrayList<>();
        List<MediaEvent> behind = new ArrayList<>();
        Set<Integer> configured = new HashSet<>();
        for (int i = 0; i < held.size(); i++) {
            MediaEvent event = held.get(i);
            boolean audible = event instanceof AccessUnit unit && unit.trackId() >= Track.AUDIO;
            boolean news = i < complete
                    && event instanceof TrackConfigured said
                    && configured.add(said.track().id())
                    && said.track().isAudio();
            if (i != first) {
                (news || (i < first && !audible) ? ordered : behind).add(event);
            }
        }
        ordered.add(held.get(first));
        ordered.addAll(behind);
        return ordered;
    }

    private int firstRandomAccess() {
        boolean configured = false;
        for (int i = 0; i < held.size(); i++) {
            MediaEvent event = held.get(i);
            configured |=
                    event instanceof TrackConfigured track && track.track().isVideo();
            if (configured && event instanceof AccessUnit unit && unit.randomAccess() && unit.trackId() < Track.AUDIO) {
                return i;
            }
        }
        return -1;
    }
}
