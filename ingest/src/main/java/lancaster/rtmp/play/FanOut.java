package lancaster.rtmp.play;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lancaster.bytes.ProtocolException;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.MediaSink;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.Subscription;
import lancaster.stream.SubscriptionSettings;
import org.jspecify.annotations.Nullable;

/**
 * A stream for all its players on one loop, as long as there are any: one subscription, one encoding. Owner: that loop.
 */
final class FanOut implements MediaSink {
    private static final int QUEUE_BYTES = 64 << 20;

    private final RunLoop loop;
    private final PlaySettings settings;
    private final PlayMeter meter;
    private final Consumer<FanOut> onGone;
    private final Reel reel;
    private final PlayBatcher batcher;
    private final Set<Viewer> viewers = new LinkedHashSet<>();
    /** The same, to go through while some leave. */
    private List<Viewer> turn = List.of();

    private Timer timer = Timer.NONE;
    private boolean timing;
    private boolean begun;
    private @Nullable Subscription subscription;

    /** @param onGone called on the loop when nobody plays any more, or the stream is over */
    FanOut(RunLoop loop, PlaySettings settings, ChunkMemory memory, PlayMeter meter, Consumer<FanOut> onGone) {
        this.loop = loop;
        this.settings = settings;
        this.meter = meter;
        this.onGone = onGone;
        this.reel = new Reel(settings.buffer().toNanos());
        this.batcher = new PlayBatcher(memory, this::onBatch);
    }

    /** @param name for people and statistics */
    void begin(LiveStream stream, String name) {
        subscription = stream.subscribe(
                new SubscriptionSettings(
                        name,
                        Start.FROM_GOP,
                        OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                        QUEUE_BYTES,
                        settings.buffer().plusSeconds(15)),
                loop,
                this);
    }

    Viewer add(Guest guest) {
        Viewer viewer = guest.onStream(reel, meter);
        viewers.add(viewer);
        turn = List.of();
        meter.onPlay();
        viewer.onBatch();
        return viewer;
    }

    void remove(Viewer viewer) {
        if (!viewers.remove(viewer)) {
            return;
        }
        turn = List.of();
        meter.onEnd();
        if (viewers.isEmpty()) {
            if (subscription != null) {
                subscription.close();
            }
            gone();
        }
    }

    @Override
    public void onEvent(MediaEvent event) {
        if (reel.hasEnded()) {
            return;
        }
        try {
            batcher.on(event, loop.nowNs());
        } catch (ProtocolException e) {
            // Nothing that follows would be understood.
            reel.fail(String.valueOf(e.getMessage()));
            finish();
            return;
        }
        if (!timing && !batcher.isEmpty() && !settings.batch().isZero()) {
            timing = true;
            timer = loop.schedule(settings.batch().toNanos(), this::flush);
        }
    }

    @Override
    public void onBatchEnd() {
        if (settings.batch().isZero() || (!begun && !batcher.isEmpty())) {
            // What was cached is whole: whoever came first needn't wait for more.
            begun = true;
            flush();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (!reel.hasEnded()) {
            if (reason.kind() == CloseReason.Kind.FAILED) {
                // Whoever came again would make it fail again.
                reel.fail(reason.description());
            }
            finish();
        }
    }

    private void finish() {
        flush();
        reel.finish();
        onGone.accept(this);
        tellAll();
    }

    private void flush() {
        timing = false;
        timer.cancel();
        batcher.flush();
    }

    private void onBatch(PlayBatch batch) {
        reel.append(batch, loop.nowNs());
        tellAll();
    }

    private void tellAll() {
        if (turn.isEmpty()) {
            turn = List.copyOf(viewers);
        }
        for (Viewer viewer : turn) {
            viewer.onBatch();
        }
    }

    /** Viewers that are still finishing keep what they need of it. */
    private void gone() {
        timer.cancel();
        reel.finish();
        reel.clear();
        onGone.accept(this);
    }
}
