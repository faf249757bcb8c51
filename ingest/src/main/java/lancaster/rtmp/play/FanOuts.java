package lancaster.rtmp.play;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import org.jspecify.annotations.Nullable;

/** The streams that are played on one loop, and who waits for others. Owner: that loop. */
public final class FanOuts implements StreamListener {
    private final String name;
    private final RunLoop loop;
    private final PlaySettings settings;
    private final ChunkMemory memory;
    private final StreamRegistry streams;
    private final PlayMeters meters;
    private final Map<StreamPath, FanOut> outs = new HashMap<>();
    private final Map<StreamPath, Set<Place>> waiting = new HashMap<>();

    /**
     * @param name of its subscriptions, for people and statistics
     * @param memory of loops whose connections take chunks
     */
    public FanOuts(
            String name,
            RunLoop loop,
            PlaySettings settings,
            ChunkMemory memory,
            StreamRegistry streams,
            PlayMeters meters) {
        this.name = name;
        this.loop = loop;
        this.settings = settings;
        this.memory = memory;
        this.streams = streams;
        this.meters = meters;
        streams.addListener(this);
    }

    /** A guest's place, waiting for a stream or at it. */
    public final class Place {
        private final StreamPath path;
        private final Guest guest;
        private Timer patience = Timer.NONE;
        private @Nullable FanOut out;
        private @Nullable Viewer viewer;

        private Place(StreamPath path, Guest guest) {
            this.path = path;
            this.guest = guest;
        }

        /** The guest goes; nothing is said to it any more. */
        public void leave() {
            stopWaiting();
            if (viewer != null && out != null) {
                viewer.stop();
                out.remove(viewer);
            }
            viewer = null;
            out = null;
        }

        private void take(FanOut from) {
            stopWaiting();
            out = from;
            viewer = from.add(guest);
        }

        private void stopWaiting() {
            patience.cancel();
            Set<Place> others = waiting.get(path);
            if (others != null && others.remove(this) && others.isEmpty()) {
                waiting.remove(path);
            }
        }

        private void miss() {
            stopWaiting();
            guest.onMissing();
        }
    }

    /** The guest gets the stream from its last random access point on, or waits for it. */
    public Place join(StreamPath path, Guest guest) {
        Place place = new Place(path, guest);
        Optional<LiveStream> stream = streams.find(path);
        if (stream.isPresent()) {
            place.take(fanOut(stream.get()));
        } else {
            waiting.computeIfAbsent(path, key -> new LinkedHashSet<>()).add(place);
            place.patience = loop.schedule(settings.patience().toNanos(), place::miss);
        }
        return place;
    }

    /** On the stream's loop. */
    @Override
    public void onCreated(LiveStream stream) {
        loop.execute(() -> arrive(stream));
    }

    private void arrive(LiveStream stream) {
        Set<Place> guests = waiting.get(stream.path());
        if (guests != null) {
            FanOut out = fanOut(stream);
            List.copyOf(guests).forEach(place -> place.take(out));
        }
    }

    private FanOut fanOut(LiveStream stream) {
        FanOut known = outs.get(stream.path());
        if (known != null) {
            return known;
        }
        FanOut made =
                new FanOut(loop, settings, memory, meters.of(stream.path()), gone -> outs.remove(stream.path(), gone));
        outs.put(stream.path(), made);
        made.begin(stream, name);
        return made;
    }
}
