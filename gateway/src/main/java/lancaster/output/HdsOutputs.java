package lancaster.output;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import lancaster.hds.HdsFeed;
import lancaster.hds.HdsSettings;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentStore;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** The HDS of all streams: each stream that comes gets an output. Look-ups may be made from any thread. */
public final class HdsOutputs implements StreamListener, PackagingControl {
    private final PackagedOutputs<HdsSettings, HdsOutput> outputs;

    /**
     * @param loops the packaging loop of a stream
     * @param settings empty for a stream that doesn't go out as HDS
     */
    public HdsOutputs(
            SegmentStore store,
            Function<StreamPath, RunLoop> loops,
            Function<StreamPath, Optional<HdsSettings>> settings) {
        outputs = new PackagedOutputs<>(
                loops, settings, (stream, wanted, loop, onGone) -> new HdsOutput(stream, wanted, store, loop, onGone));
    }

    @Override
    public void onCreated(LiveStream stream) {
        outputs.begin(stream);
    }

    /** Something else is configured for {@code stream}: nothing any more, the first, or other settings. */
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
    public @Nullable HdsFeed feed(String path) {
        HdsOutput output = outputs.find(path);
        return output == null ? null : output.feed();
    }

    public Optional<HdsOutput> find(StreamPath path) {
        return Optional.ofNullable(outputs.find(path.toString()));
    }
}
