package lancaster.output;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import lancaster.hls.HlsFeed;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentStore;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** The HLS of all streams: each stream that comes gets an output. Look-ups may be made from any thread. */
public final class HlsOutputs extends PackagedOutputs<Integer, HlsOutput> {
    /**
     * @param loops the packaging loop of a stream
     * @param windows how many segments its playlists list; 0 if it doesn't go out as HLS
     */
    public HlsOutputs(SegmentStore store, Function<StreamPath, RunLoop> loops, ToIntFunction<StreamPath> windows) {
        super(
                loops,
                path -> Optional.of(windows.applyAsInt(path)).filter(window -> window > 0),
                (stream, window, loop, onGone) -> new HlsOutput(stream, window, store, loop, onGone));
    }

    /** What is served under the path {@code APP/NAME}. */
    public @Nullable HlsFeed feed(String path) {
        HlsOutput output = find(path);
        return output == null ? null : output.feed();
    }
}
