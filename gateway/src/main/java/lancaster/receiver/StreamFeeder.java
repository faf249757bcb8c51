package lancaster.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.output.Backoff;
import lancaster.runloop.RunLoop;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what is received, while something is. A publication that is refused or closed is tried again, after a while
 * that grows; one whose tracks change is followed by another, for publishers can't take tracks back. Owner: the multicast
 * loop.
 */
public final class StreamFeeder {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFeeder.class);
    /** How long sound waits for pictures that the tables promise: groups of pictures may be long. */
    private static final long PICTURES_NS = 10_000_000_000L;
    /** How long what has begun waits for the other tracks: multiplexers send sound up to a second later than pictures. */
    private static final long TRACKS_NS = 3_000_000_000L;
    /** What may be held meanwhile. */
    private static final int HELD_LIMIT_BYTES = 16 << 20;
    /** Of them data messages. */
    private static final int HELD_LIMIT_DATA = 100;

    private final StreamPath path;
    private final Supplier<StreamSettings> settings;
    private final StreamRegistry streams;
    private final RunLoop loop;
    private final BooleanSupplier pictures;
    private final BooleanSupplier complete;
    private final Backoff backoff = new Backoff();
    private final Map<Integer, Track> tracks = new TreeMap<>();

    private PublisherInfo info;
    private @Nullable Publication publication;
    private boolean waiting;
    private long waitingSinceNs;
    private final List<MediaEvent> held = new ArrayList<>();
    private int heldUnits;
    private int heldBytes;
    private long heldSinceNs;
    private long retryNs;
    private long publishedNs;
    private boolean everGiven;
    private long lastGivenNs;
    private long attempts;
    private long publications;
    private long refusals;
    private String refusal = "";

    /**
     * @param protocol by which it comes, as people call it
     * @param from for people
     * @param pictures whether the track of pictures has been configured, or none is to be expected
     * @param complete the same of all tracks
     */
    public StreamFeeder(
            StreamPath path,
            Supplier<StreamSettings> settings,
            StreamRegistry streams,
            RunLoop loop,
            String protocol,
            String from,
            BooleanSupplier pictures,
            BooleanSupplier complete) {
        this.path = path;
        this.settings = settings;
        this.streams = streams;
        this.loop = loop;
        this.info = new PublisherInfo(protocol, from, "");
        this.pictures = pictures;
        this.complete = complete;
        this.retryNs = loop.nowNs();
    }

    /** Whether who publishes from the next publication on has its timeline marks obeyed. */
    public void trustMarks(boolean trusted) {
        info = new PublisherInfo(info.protocol(), info.remoteAddress(), info.encoder(), trusted);
    }

    public void on(MediaEvent event) {
        if (event instanceof TrackConfigured configured) {
            tracks.put(configured.track().id(), configured.track());
            publish(event);
        } else if (event instanceof TrackRemoved removed) {
            tracks.remove(removed.trackId());
            end(EndReason.UNPUBLISHED);
        } else if (event instanceof AccessUnit unit && publication == null) {
            hold(unit);
        } else if (event instanceof DataMessage message && publication == null) {
            hold(message);
        } else {
            publish(event);
        }
    }

    /** Nothing comes any more. */
    public void end(EndReason reason) {
        Publication ended = publication;
        publication = null;
        release();
        if (ended != null) {
            ended.end(reason);
        }
    }

    /** The tracks that have been configured. */
    Map<Integer, Track> tracks() {
        return Map.copyOf(tracks);
    }

    boolean publishes() {
        return publication != null;
    }

    /** Why it can't be published; empty if it is, or if it was not tried. */
    public Optional<String> refusal() {
        return Optional.of(refusal).filter(text -> !text.isEmpty());
    }

    long publications() {
        return publications;
    }

    long refusals() {
        return refusals;
    }

    /** Whether an access unit went out after {@code sinceNs}. */
    boolean gaveSince(long sinceNs) {
        return everGiven && lastGivenNs - sinceNs > 0;
    }

    private void publish(MediaEvent event) {
        Publication to = publication;
        if (to != null) {
            to.publish(event);
            if (event instanceof AccessUnit) {
                everGiven = true;
                lastGivenNs = loop.nowNs();
            }
        }
    }

    /** A stream's first segment should have all its tracks: what comes first waits for them. */
    private void hold(AccessUnit unit) {
        long nowNs = loop.nowNs();
        if (nowNs - retryNs < 0) {
            forgetData();
            return;
        }
        if (!waiting) {
            waiting = true;
            waitingSinceNs = nowNs;
        }
        if (!pictures.getAsBoolean() && nowNs - waitingSinceNs < PICTURES_NS) {
            forgetData();
            return;
        }
        if (heldUnits == 0) {
            heldSinceNs = nowNs;
        }
        heldUnits++;
        held.add(unit);
        heldBytes += unit.payload().length();
        if (complete.getAsBoolean() || nowNs - heldSinceNs >= TRACKS_NS || heldBytes >= HELD_LIMIT_BYTES) {
            begin(nowNs);
        }
    }

    /** A mark stands before the access unit that it is about. */
    private void hold(DataMessage message) {
        if (held.size() - heldUnits < HELD_LIMIT_DATA) {
            held.add(message);
            heldBytes += message.amf0().length();
        }
    }

    /** What it stands before is left out. */
    private void forgetData() {
        held.clear();
        heldBytes = 0;
    }

    private void begin(long nowNs) {
        long attempt = ++attempts;
        PublishOutcome outcome = streams.publish(
                path, info, reason -> loop.execute(() -> onClosed(attempt, reason)), loop, settings.get());
        if (outcome instanceof PublishOutcome.Accepted accepted) {
            publications++;
            refusal = "";
            publishedNs = nowNs;
            publication = accepted.publication();
            tracks.values().forEach(track -> publish(new TrackConfigured(track)));
            List.copyOf(held).forEach(this::publish);
        } else if (outcome instanceof PublishOutcome.Refused refused) {
            retryLater(refused.description());
        }
        release();
    }

    private void release() {
        waiting = false;
        held.clear();
        heldUnits = 0;
        heldBytes = 0;
    }

    /** A publication that has been followed by another has nothing to say. */
    private void onClosed(long attempt, CloseReason reason) {
        if (attempt == attempts && publication != null) {
            publication = null;
            retryLater(reason.description());
        }
    }

    private void retryLater(String why) {
        long nowNs = loop.nowNs();
        long waitNs = backoff.nextNs(nowNs - publishedNs);
        retryNs = nowNs + waitNs;
        publishedNs = nowNs;
        if (!why.equals(refusal)) {
            LOG.warn("not published path={} cause=\"{}\" retryMs={}", path, why, waitNs / 1_000_000);
        }
        refusal = why;
        refusals++;
    }
}
