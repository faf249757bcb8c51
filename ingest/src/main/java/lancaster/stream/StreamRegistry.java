package lancaster.stream;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;
import lancaster.stream.PublishOutcome.Accepted;
import lancaster.stream.PublishOutcome.Reason;
import lancaster.stream.PublishOutcome.Refused;
import lancaster.stream.PublisherSeat.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams of the box by path. May be used from any thread. */
public final class StreamRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRegistry.class);
    private static final CloseReason GOING_DOWN = new CloseReason(CloseReason.Kind.ENDED, "the gateway is going down");

    private final TimelineDirectory timelines;
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private final LiveStream.Lifecycle lifecycle = new Announcer();
    /** Streams that take publishers. */
    private final Map<StreamPath, LiveStream> streams = new ConcurrentHashMap<>();
    /** Those whose timeline is known. */
    private final Map<StreamPath, LiveStream> opened = new ConcurrentHashMap<>();

    private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /** @param random makes timeline ids; safe for several threads */
    public StreamRegistry(TimelineDirectory timelines, InstantSource wallClock, RandomGenerator random) {
        this.timelines = timelines;
        this.wallClock = wallClock;
        this.random = random;
    }

    /** On {@code publisherLoop}, which becomes the loop of the stream if it doesn't exist yet. */
    public PublishOutcome publish(
            StreamPath path,
            PublisherInfo info,
            PublisherControl control,
            RunLoop publisherLoop,
            StreamSettings settings) {
        while (!closing) {
            LiveStream stream = streams.get(path);
            if (stream == null) {
                stream = create(path, publisherLoop, settings);
            }
            Publication publication = new Publication(stream, info, control, publisherLoop, settings);
            Admission admission = stream.admit(publication, publisherLoop.nowNs());
            if (admission == Admission.TAKEN && !closing) {
                return new Accepted(publication);
            } else if (admission == Admission.TAKEN) {
                var unused = stream.close(GOING_DOWN);
            } else if (admission == Admission.BUSY) {
                String by = stream.publisher().map(PublisherInfo::remoteAddress).orElse("someone else");
                return new Refused(Reason.BUSY, path + " is being published by " + by);
            }
            streams.remove(path, stream);
        }
        return new Refused(Reason.CLOSING, GOING_DOWN.description());
    }

    /** The stream, live or waiting for its encoder. */
    public Optional<LiveStream> find(StreamPath path) {
        return Optional.ofNullable(opened.get(path));
    }

    public Collection<LiveStream> live() {
        return List.copyOf(opened.values());
    }

    /** The names that are taken, by streams whose timeline isn't known yet too. */
    public Set<StreamPath> paths() {
        return Set.copyOf(streams.keySet());
    }

    public void addListener(StreamListener listener) {
        listeners.add(listener);
    }

    /** Closes the publisher of {@code path}; its name is free at once. Whether there was one. */
    public boolean kick(StreamPath path, String reason) {
        LiveStream stream = streams.get(path);
        return stream != null && stream.kick(reason);
    }

    /** Ends all streams and takes no more; done when their timelines are written. */
    public CompletableFuture<Void> close() {
        closing = true;
        return CompletableFuture.allOf(streams.values().stream()
                .map(stream -> stream.close(GOING_DOWN))
                .toArray(CompletableFuture<?>[]::new));
    }

    private LiveStream create(StreamPath path, RunLoop loop, StreamSettings settings) {
        TimelineRecord fresh = newRecord(settings);
        TimelineJournal journal = new TimelineJournal(path, timelines, loop, fresh);
        LiveStream created = new LiveStream(path, loop, wallClock, fresh, journal, lifecycle);
        LiveStream present = streams.putIfAbsent(path, created);
        if (present != null) {
            return present;
        }
        created.open();
        return created;
    }

    private TimelineRecord newRecord(StreamSettings settings) {
        byte[] id = new byte[TimelineRecord.ID_BYTES];
        random.nextBytes(id);
        return new TimelineRecord(
                Bytes.wrap(id),
                wallClock.millis(),
                Timebase.fromMs(settings.segment().toMillis()),
                Timebase.fromMs(settings.part().toMillis()),
                settings.formats(),
                true,
                TimelineRecord.LAYOUT);
    }

    /** Keeps the maps and tells the listeners. */
    private final class Announcer implements LiveStream.Lifecycle {
        @Override
        public void onOpened(LiveStream stream) {
            opened.put(stream.path(), stream);
            tell(stream, listener -> listener.onCreated(stream));
        }

        @Override
        public void onEnded(LiveStream stream, boolean wasOpen) {
            streams.remove(stream.path(), stream);
            opened.remove(stream.path(), stream);
            if (wasOpen) {
                tell(stream, listener -> listener.onEnded(stream));
            }
        }

        private void tell(LiveStream stream, Consumer<StreamListener> news) {
            for (StreamListener listener : listeners) {
                try {
                    news.accept(listener);
                } catch (RuntimeException e) {
                    LOG.warn("listener failed path={}", stream.path(), e);
                }
            }
        }
    }
}
