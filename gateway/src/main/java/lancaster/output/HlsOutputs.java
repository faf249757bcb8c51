package lancaster.output;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import lancaster.hls.HlsFeed;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentStore;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** The HLS of all streams: each stream that comes gets an output. Look-ups may be made from any thread. */
public final class HlsOutputs implements StreamListener {
    private final SegmentStore store;
    private final Function<StreamPath, RunLoop> loops;
    private final ToIntFunction<StreamPath> windows;
    private final Map<String, HlsOutput> outputs = new ConcurrentHashMap<>();

    /**
     * @param loops the packaging loop of a stream
     * @param windows how many segments its playlists list; 0 if it doesn't go out as HLS
     */
    public HlsOutputs(SegmentStore store, Function<StreamPath, RunLoop> loops, ToIntFunction<StreamPath> windows) {
        this.store = store;
        this.loops = loops;
        this.windows = windows;
    }

    @Override
    public void onCreated(LiveStream stream) {
        int window = windows.applyAsInt(stream.path());
        if (window > 0) {
            create(stream, window);
        }
    }

    private void create(LiveStream stream, int window) {
        HlsOutput output = new HlsOutput(stream, window, store, loops.apply(stream.path()), this::onGone);
        outputs.put(stream.path().toString(), output);
        output.start();
    }

    /** Another window is configured for {@code stream}: none, the first, or one of another length. */
    public void reconfigure(LiveStream stream) {
        loops.apply(stream.path()).execute(() -> {
            int window = windows.applyAsInt(stream.path());
            HlsOutput output = outputs.get(stream.path().toString());
            if (output != null && output.stream() == stream && !output.isStopped()) {
                output.change(window);
            } else if (window > 0) {
                create(stream, window);
            }
        });
    }

    /** What is served under the path {@code APP/NAME}. */
    public @Nullable HlsFeed feed(String path) {
        HlsOutput output = outputs.get(path);
        return output == null ? null : output.feed();
    }

    public Optional<HlsOutput> find(StreamPath path) {
        return Optional.ofNullable(outputs.get(path.toString()));
    }

    public Collection<HlsOutput> all() {
        return List.copyOf(outputs.values());
    }

    /** A stream that ended may have a successor under its path by now. */
    private void onGone(HlsOutput output) {
        outputs.remove(output.path().toString(), output);
    }
}
