package lancaster.output;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
public final class HlsOutputs implements StreamListener, PackagingControl {
    private final PackagedOutputs<Integer, HlsOutput> outputs;

    /**
     * @param loops the packaging loop of a stream
     * @param windows how many segments its playlists list; 0 if it doesn't go out as HLS
     */
    public HlsOutputs(SegmentStore store, Function<StreamPath, RunLoop> loops, ToIntFunction<StreamPath> windows) {
        outputs = new PackagedOutputs<>(
                loops,
                path -> Optional.of(windows.applyAsInt(path)).filter(window -> window > 0),
                (stream, window, loop, onGone) -> new HlsOutput(stream, window, store, loop, onGone));
    }

    @Override
    public void onCreated(LiveStream stream) {
        outputs.begin(stream);
    }

    /** Another window is configured for {@code stream}: none, the first, or one of another length. */
    public void reconfigure(LiveStream stream) {
        outputs.reconfigure(stream);
    }

    @Override
    public State state(StreamPath path) {
        return outputs.state(path);
    }

    @Override
    public CompletableFuture<Boolean> start(LiveStream stream) {
        return outputs.start(stream);
    }

    @Override
    public CompletableFuture<Void> stop(LiveStream stream) {
        return outputs.stop(stream);
    }

    /** What is served under the path {@code APP/NAME}. */
    public @Nullable HlsFeed feed(String path) {
        HlsOutput output = outputs.find(path);
        return output == null ? null : output.feed();
    }

    public Optional<HlsOutput> find(StreamPath path) {
        return Optional.ofNullable(outputs.find(path.toString()));
    }
}
