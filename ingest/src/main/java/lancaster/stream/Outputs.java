package lancaster.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.stream.StreamStats.SubscriptionStats;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a stream and what a joiner needs. Owner: the stream's loop. */
final class Outputs {
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Map<Integer, Track> tracks = new LinkedHashMap<>();
    private final GopCache gop = new GopCache();
    private @Nullable DataMessage metadata;
    private long failures;
    private long patienceNs = SubscriptionSettings.USUAL_PATIENCE.toNanos();

    /** How long all of them are ready to wait for what lies in a socket. */
    long patienceNs() {
        return patienceNs;
    }

    /** Gives {@code event} to everybody; {@code startsHere} says whether decoding may start at it. */
    void emit(MediaEvent event, boolean startsHere) {
        if (event instanceof TrackConfigured configured) {
            tracks.put(configured.track().id(), configured.track());
        } else if (event instanceof TrackRemoved removed) {
            tracks.remove(removed.trackId());
        } else if (event instanceof DataMessage message && message.name().equals(MetadataHint.METADATA)) {
            metadata = message;
        }
        gop.add(event, startsHere);
        boolean allThere = true;
        for (int i = 0; i < subscriptions.size(); i++) {
            allThere &= subscriptions.get(i).offer(event, startsHere);
        }
        if (!allThere) {
            failures += subscriptions.stream().filter(Subscription::hasFailed).count();
            subscriptions.removeIf(Subscription::isClosed);
            onChange();
        }
    }

    private void onChange() {
        patienceNs = subscriptions.stream()
                .mapToLong(Subscription::patienceNs)
                .min()
                .orElse(SubscriptionSettings.USUAL_PATIENCE.toNanos());
    }

    void add(Subscription subscription) {
        for (Track track : tracks.values()) {
            subscription.offer(new TrackConfigured(track), false);
        }
        if (metadata != null) {
            subscription.offer(metadata, false);
        }
        if (subscription.start() == Start.FROM_GOP) {
            gop.replayTo(subscription);
        }
        subscriptions.add(subscription);
        onChange();
    }

    /** Access units of the publisher are missing here; said only where their absence matters to others. */
    void gap(int accessUnits) {
        subscriptions.forEach(subscription -> subscription.offerGap(accessUnits));
    }

    void logCuts() {
        subscriptions.forEach(Subscription::logCuts);
    }

    void close(CloseReason reason) {
        subscriptions.forEach(subscription -> subscription.closeAfterQueue(reason));
        subscriptions.clear();
    }

    /** Outputs that were closed because they failed. */
    long failures() {
        return failures;
    }

    List<SubscriptionStats> stats() {
        return subscriptions.stream().map(Subscription::stats).toList();
    }

    /** What came since the last random access point, limited in bytes and time. */
    private static final class GopCache {
        /** A group of pictures larger than this is not kept: joiners wait for the next one. */
        private static final long LIMIT_BYTES = 16 << 20;

        private static final long LIMIT_90K = 15 * 90_000;

        private final List<MediaEvent> events = new ArrayList<>();
        private @Nullable Mark markInForce;
        private long bytes;
        private long start90k;

        void add(MediaEvent event, boolean startsHere) {
            if (event instanceof Mark mark) {
                markInForce = mark;
            }
            if (event instanceof AccessUnit unit) {
                if (startsHere) {
                    events.clear();
                    bytes = 0;
                    start90k = unit.dts90k();
                    if (markInForce != null) {
                        events.add(markInForce);
                    }
                }
                bytes += unit.payload().length();
                if (bytes > LIMIT_BYTES || unit.dts90k() - start90k > LIMIT_90K) {
                    events.clear();
                }
            }
            boolean started = !events.isEmpty() || startsHere;
            boolean ofTracks = event instanceof TrackConfigured || event instanceof TrackRemoved;
            if (started && !ofTracks) {
                events.add(event);
            }
        }

        void replayTo(Subscription subscription) {
            boolean first = true;
            for (MediaEvent event : events) {
                boolean starts = first && event instanceof AccessUnit;
                subscription.offer(event, starts);
                first &= !starts;
            }
        }
    }
}
