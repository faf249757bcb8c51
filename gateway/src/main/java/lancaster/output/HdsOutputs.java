package lancaster.output;

import java.util.Optional;
import java.util.function.Function;
import lancaster.hds.HdsFeed;
import lancaster.hds.HdsSettings;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentStore;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** The HDS of all streams: each stream that comes gets an output. Look-ups may be made from any thread. */
public final class HdsOutputs extends PackagedOutputs<HdsSettings, HdsOutput> {
    /**
     * @param loops the packaging loop of a stream
     * @param settings empty for a stream that doesn't go out as HDS
     */
    public HdsOutputs(
            SegmentStore store,
            Function<StreamPath, RunLoop> loops,
            Function<StreamPath, Optional<HdsSettings>> settings) {
        super(loops, settings, (stream, wanted, loop, onGone) -> new HdsOutput(stream, wanted, store, loop, onGone));
    }

    /** What is served under the path {@code APP/NAME}. */
    public @Nullable HdsFeed feed(String path) {
        HdsOutput output = find(path);
        return output == null ? null : output.feed();
    }
}
