package lancaster.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lancaster.endless.EndlessFormat;
import lancaster.endless.EndlessMuxer;
import lancaster.endless.Piece;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.MediaSink;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.Subscription;
import lancaster.stream.SubscriptionSettings;

/**
 * A live stream in one endless format, muxed once for all its readers, as long as there are any. Owner: the packaging
 * loop.
 */
final class EndlessOutput implements MediaSink {
    /** Pieces larger than this altogether are not kept for those who come; they wait for the next start. */
    private static final long KEPT_BYTES = 16 << 20;

    private final EndlessMuxer muxer;
    private final Consumer<EndlessOutput> onGone;
    private final Set<EndlessReader> readers = new LinkedHashSet<>();
    /** From the last start on. */
    private final List<Piece> kept = new ArrayList<>();

    private final Subscription subscription;
    private long keptBytes;

    /** @param onGone called on the loop when nobody reads any more, or the stream is over */
    EndlessOutput(LiveStream stream, EndlessFormat format, RunLoop loop, Consumer<EndlessOutput> onGone) {
        this.onGone = onGone;
        muxer = format.newMuxer(this::onPiece);
        subscription = stream.subscribe(
                new SubscriptionSettings(
                        format.extension(),
                        Start.FROM_GOP,
                        OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                        64 << 20,
                        Duration.ofSeconds(20)),
                loop,
                this);
    }

    void add(EndlessReader reader) {
        readers.add(reader);
        kept.forEach(reader::offer);
    }

    void remove(EndlessReader reader) {
        if (readers.remove(reader) && readers.isEmpty()) {
            subscription.close();
            onGone.accept(this);
        }
    }

    @Override
    public void onEvent(MediaEvent event) {
        muxer.onEvent(event);
    }

    @Override
    public void onBatchEnd() {
        muxer.flush();
    }

    @Override
    public void onClosed(CloseReason reason) {
        List<EndlessReader> last = List.copyOf(readers);
        readers.clear();
        muxer.flush();
        last.forEach(EndlessReader::end);
        onGone.accept(this);
    }

    private void onPiece(Piece piece) {
        if (piece.start()) {
            kept.clear();
            keptBytes = 0;
        }
        boolean follows = piece.start() || !kept.isEmpty();
        keptBytes += piece.bytes().length();
        if (follows && keptBytes <= KEPT_BYTES) {
            kept.add(piece);
        } else {
            kept.clear();
        }
        readers.forEach(reader -> reader.offer(piece));
    }
}
