package lancaster.output;

import java.util.Optional;
import java.util.function.Consumer;
import lancaster.hds.HdsFeed;
import lancaster.hds.HdsPackager;
import lancaster.hds.HdsSettings;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live stream as HDS. Owner: the packaging loop; what is public may be read from any thread. */
public final class HdsOutput implements PackagedOutput<HdsSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(HdsOutput.class);

    private final LiveStream stream;
    private final Packaging<HdsSettings, Packager> packaging;

    HdsOutput(LiveStream stream, HdsSettings settings, SegmentStore store, RunLoop loop, Consumer<HdsOutput> onGone) {
        this.stream = stream;
        this.packaging = new Packaging<>(
                "hds",
                stream,
                settings,
                (wanted, whenGone) -> new Packager(
                        stream.path(), new HdsPackager(stream.path(), wanted, stream.record(), store, loop, whenGone)),
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

    public HdsFeed feed() {
        return packaging.packager().packager.feed();
    }

    /** How often it failed and was started anew. */
    public long restarts() {
        return packaging.restarts();
    }

    @Override
    public Packaging<HdsSettings, ?> packaging() {
        return packaging;
    }

    /** Says besides why it refuses a stream. */
    private static final class Packager implements Packaging.Packager<HdsSettings> {
        private final StreamPath path;
        private final HdsPackager packager;
        private Optional<String> refusal = Optional.empty();

        Packager(StreamPath path, HdsPackager packager) {
            this.path = path;
            this.packager = packager;
            packager.feed().addListener(this::logRefusal);
        }

        private void logRefusal() {
            Optional<String> now = packager.feed().refusal();
            if (now.isPresent() && !now.equals(refusal)) {
                LOG.warn("hds refused path={} reason=\"{}\"", path, now.get());
            }
            refusal = now;
        }

        @Override
        public void change(HdsSettings settings) {
            packager.change(settings);
        }

        @Override
        public void onEvent(MediaEvent event) {
            packager.onEvent(event);
        }

        @Override
        public void onGap(int accessUnits) {
            packager.onGap(accessUnits);
        }

        @Override
        public void onClosed(CloseReason reason) {
            packager.onClosed(reason);
        }
    }
}
