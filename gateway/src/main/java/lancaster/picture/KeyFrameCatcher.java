package lancaster.picture;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.runloop.RunLoop;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.MediaSink;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.Subscription;
import lancaster.stream.SubscriptionSettings;
import org.jspecify.annotations.Nullable;

/** Takes one key frame from a stream, the last one if it is still kept, and leaves. Owner: the loop it is given. */
final class KeyFrameCatcher implements MediaSink {
    private static final SubscriptionSettings SUBSCRIPTION = new SubscriptionSettings(
            "jpg", Start.FROM_GOP, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, 32 << 20, Duration.ofSeconds(20));
    private static final long PATIENCE_NS = Duration.ofSeconds(8).toNanos();

    private final CompletableFuture<KeyFrame> caught = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private @Nullable Track video;

    /** Fails with an {@link UndecodableException} where there is no picture to be had. From any thread. */
    static CompletableFuture<KeyFrame> catchFrom(LiveStream stream, RunLoop loop) {
        KeyFrameCatcher catcher = new KeyFrameCatcher();
        loop.execute(() -> {
            catcher.subscription = stream.subscribe(SUBSCRIPTION, loop, catcher);
            loop.schedule(PATIENCE_NS, () -> catcher.give("no key frame came within 8 seconds"));
        });
        return catcher.caught;
    }

    CompletableFuture<KeyFrame> caught() {
        return caught;
    }

    @Override
    public void onEvent(MediaEvent event) {
        if (event instanceof TrackConfigured configured && configured.track().id() == Track.VIDEO) {
            video = configured.track();
        } else if (event instanceof AccessUnit unit && !caught.isDone()) {
            onAccessUnit(unit);
        }
    }

    private void onAccessUnit(AccessUnit unit) {
        if (video == null) {
            give("there is no video");
        } else if (!(video.config() instanceof AvcConfig avc)) {
            give("its video is " + video.config().codecName() + ", and the decoder of this gateway reads H.264 only");
        } else if (unit.trackId() == Track.VIDEO && unit.randomAccess()) {
            caught.complete(new KeyFrame(avc, unit.payload()));
            leave();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        give("the stream is over");
    }

    private void give(String reason) {
        caught.completeExceptionally(new UndecodableException(reason));
        leave();
    }

    private void leave() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
