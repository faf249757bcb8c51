package lancaster.output;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lancaster.hls.HlsFeed;
import lancaster.hls.HlsPackager;
import lancaster.hls.HlsSettings;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentFormat;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;

/** A live stream as HLS. Owner: the packaging loop; what is public may be read from any thread. */
public final class HlsOutput implements PackagedOutput<Integer> {
    private final LiveStream stream;
    private final Packaging<Integer, Packager> packaging;

    /** @param window how many segments its playlists list */
    HlsOutput(LiveStream stream, int window, SegmentStore store, RunLoop loop, Consumer<HlsOutput> onGone) {
        this.stream = stream;
        this.packaging = new Packaging<>(
                "hls",
                stream,
                window,
                (wanted, whenGone) -> new Packager(packager(stream, wanted, store, loop, whenGone)),
                loop,
                () -> onGone.accept(this));
    }

    public StreamPath path() {
        return stream.path();
    }

    @Override
    public LiveStream stream() {
        return stream;
    }

    public HlsFeed feed() {
        return packaging.packager().packager.feed();
    }

    /** What the stream consists of now. */
    public List<Track> tracks() {
        return packaging.packager().tracks;
    }

    /** How often it failed and was started anew. */
    public long restarts() {
        return packaging.restarts();
    }

    @Override
    public Packaging<Integer, ?> packaging() {
        return packaging;
    }

    private static HlsPackager packager(
            LiveStream stream, int window, SegmentStore store, RunLoop loop, Runnable whenGone) {
        List<SegmentFormat> formats = stream.record().formats().stream()
                .flatMap(id -> SegmentFormat.byId(id).stream())
                .filter(SegmentFormat::isHls)
                .toList();
        HlsSettings settings = new HlsSettings(window, formats, HlsSettings.DEFAULT.hashed());
        return new HlsPackager(stream.path(), settings, store, loop, stream::reportSegmentHash, whenGone);
    }

    /** Remembers besides what the stream consists of. */
    private static final class Packager implements Packaging.Packager<Integer> {
        private final HlsPackager packager;
        private final Map<Integer, Track> configured = new TreeMap<>();
        private volatile List<Track> tracks = List.of();

        Packager(HlsPackager packager) {
            this.packager = packager;
        }

        @Override
        public void change(Integer window) {
            packager.resize(window);
        }

        @Override
        public void onEvent(MediaEvent event) {
            if (event instanceof TrackConfigured added) {
                configured.put(added.track().id(), added.track());
                tracks = List.copyOf(configured.values());
            } else if (event instanceof TrackRemoved removed) {
                configured.remove(removed.trackId());
                tracks = List.copyOf(configured.values());
            }
            packager.onEvent(event);
        }

        @Override
        public void onGap(int accessUnits) {
            packager.onGap(accessUnits);
        }

        @Override
        public void onBatchEnd() {
            packager.onBatchEnd();
        }

        @Override
        public void onClosed(CloseReason reason) {
            packager.onClosed(reason);
        }
    }
}
