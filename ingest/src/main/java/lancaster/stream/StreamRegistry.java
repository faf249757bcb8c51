package lancaster.stream;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.runloop.RunLoop;
import lancaster.stream.LiveStream.Admission;
import lancaster.stream.PublishOutcome.Accepted;
import lancaster.stream.PublishOutcome.Reason;
import lancaster.stream.PublishOutcome.Refused;

/** All streams of the box by path. May be used from any thread. */
public final class StreamRegistry {
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private final Map<StreamPath, LiveStream> streams = new ConcurrentHashMap<>();
    private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();

    /** @param random makes timeline ids; safe for several threads */
    public StreamRegistry(InstantSource wallClock, RandomGenerator random) {
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
        while (true) {
            LiveStream stream = streams.get(path);
            if (stream == null) {
                stream = create(path, publisherLoop, settings);
            }
            Publication publication = new Publication(stream, info, control, publisherLoop);
            Admission admission = stream.admit(publication, settings, publisherLoop.nowNs());
            if (admission == Admission.TAKEN) {
                return new Accepted(publication);
            } else if (admission == Admission.BUSY) {
                return new Refused(Reason.BUSY, path + " is being published by someone else");
            }
            streams.remove(path, stream);
        }
    }

    public Optional<LiveStream> find(StreamPath path) {
        return Optional.ofNullable(streams.get(path));
    }

    public Collection<LiveStream> live() {
        return List.copyOf(streams.values());
    }

    public void addListener(StreamListener listener) {
        listeners.add(listener);
    }

    /** Closes the publisher of {@code path}; its name is free at once. Whether there was one. */
    public boolean kick(StreamPath path, String reason) {
        LiveStream stream = streams.get(path);
        return stream != null && stream.kick(new CloseReason(CloseReason.Kind.KICKED, reason));
    }

    private LiveStream create(StreamPath path, RunLoop loop, StreamSettings settings) {
        LiveStream created = new LiveStream(path, loop, settings, newRecord(settings), wallClock, this::onEnded);
        LiveStream present = streams.putIfAbsent(path, created);
        if (present != null) {
            return present;
        }
        listeners.forEach(listener -> listener.onCreated(created));
        return created;
    }

    private void onEnded(LiveStream stream) {
        streams.remove(stream.path(), stream);
        listeners.forEach(listener -> listener.onEnded(stream));
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
}
