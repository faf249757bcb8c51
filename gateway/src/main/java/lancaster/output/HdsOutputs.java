package lancaster.output;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
public final class HdsOutputs implements StreamListener {
    private final SegmentStore store;
    private final Function<StreamPath, RunLoop> loops;
    private final Function<StreamPath, Optional<HdsSettings>> settings;
    private final Map<String, HdsOutput> outputs = new ConcurrentHashMap<>();

    /**
     * @param loops the packaging loop of a stream
     * @param settings empty for a stream that doesn't go out as HDS
     */
    public HdsOutputs(
            SegmentStore store,
            Function<StreamPath, RunLoop> loops,
            Function<StreamPath, Optional<HdsSettings>> settings) {
        this.store = store;
        this.loops = loops;
        this.settings = settings;
    }

    @Override
    public void onCreated(LiveStream stream) {
        settings.apply(stream.path()).ifPresent(wanted -> create(stream, wanted));
    }

    private void create(LiveStream stream, HdsSettings wanted) {
        HdsOutput output = new HdsOutput(stream, wanted, store, loops.apply(stream.path()), this::onGone);
        outputs.put(stream.path().toString(), output);
        output.start();
    }

    /** Something else is configured for {@code stream}: nothing any more, the first, or other settings. */
    public void reconfigure(LiveStream stream) {
        loops.apply(stream.path()).execute(() -> {
            Optional<HdsSettings> wanted = settings.apply(stream.path());
            HdsOutput output = outputs.get(stream.path().toString());
            if (output != null && output.stream() == stream && !output.isStopped()) {
                output.change(wanted);
            } else {
                wanted.ifPresent(first -> create(stream, first));
            }
        });
    }

    /** What is served under the path {@code APP/NAME}. */
    public @Nullable HdsFeed feed(String path) {
        HdsOutput output = outputs.get(path);
        return output == null ? null : output.feed();
    }

    public Optional<HdsOutput> find(StreamPath path) {
        return Optional.ofNullable(outputs.get(path.toString()));
    }

    /** A stream that ended may have a successor under its path by now. */
    private void onGone(HdsOutput output) {
        outputs.remove(output.path().toString(), output);
    }
}
