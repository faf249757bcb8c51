package lancaster.picture;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import lancaster.bytes.Bytes;
import lancaster.runloop.RunLoop;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import org.jcodec.common.logging.LogLevel;
import org.jcodec.common.logging.Logger;

/**
 * Recent pictures of all streams, made when somebody asks and kept for a while. Of one stream there is never more than
 * one in the making, and all of them share one thread. From any thread.
 */
public final class Pictures implements StreamListener {
    /** How long a picture is given to those who ask. */
    public static final Duration AGE = Duration.ofSeconds(5);
    /** Streams whose pictures may wait for the decoder. */
    private static final int MAX_WAITING = 16;

    /** A picture, or its making. */
    private record Entry(long sinceNs, CompletableFuture<PictureAnswer> answer) {
        boolean serves(long nowNs) {
            return !answer.isDone() || nowNs - sinceNs < AGE.toNanos();
        }
    }

    private final Function<StreamPath, RunLoop> loops;
    private final Executor decoder;
    private final Map<StreamPath, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong decoded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /**
     * @param loops the packaging loop of a stream, which hands over the frames and tells the time
     * @param decoder decodes, one picture after another
     */
    public Pictures(Function<StreamPath, RunLoop> loops, Executor decoder) {
        this.loops = loops;
        this.decoder = decoder;
        // It would write to standard output.
        Logger.setLevel(LogLevel.ERROR);
    }

    /** A picture that is not much older than {@link #AGE}. */
    public CompletableFuture<PictureAnswer> find(LiveStream stream) {
        RunLoop loop = loops.apply(stream.path());
        long nowNs = loop.nowNs();
        CompletableFuture<PictureAnswer> fresh = new CompletableFuture<>();
        Entry entry = entries.compute(
                stream.path(), (path, kept) -> kept != null && kept.serves(nowNs) ? kept : new Entry(nowNs, fresh));
        if (entry.answer() == fresh) {
            make(stream, loop, fresh);
        }
        return entry.answer();
    }

    @Override
    public void onCreated(LiveStream stream) {
        // Made when it is asked for.
    }

    @Override
    public void onEnded(LiveStream stream) {
        entries.remove(stream.path());
    }

    /** Pictures that were made. */
    public long decoded() {
        return decoded.get();
    }

    /** Pictures that could not be made. */
    public long failed() {
        return failed.get();
    }

    private void make(LiveStream stream, RunLoop loop, CompletableFuture<PictureAnswer> answer) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            entries.computeIfPresent(stream.path(), (path, kept) -> kept.answer() == answer ? null : kept);
            answer.complete(new PictureAnswer.Busy());
            return;
        }
        var unused = KeyFrameCatcher.catchFrom(stream, loop)
                .thenApplyAsync(this::decode, decoder)
                .exceptionally(this::none)
                .whenComplete((made, error) -> {
                    waiting.decrementAndGet();
                    answer.complete(error == null ? made : new PictureAnswer.None("it could not be made"));
                });
    }

    private PictureAnswer decode(KeyFrame frame) {
        try {
            Bytes jpeg = JpegFile.write(KeyFrameDecoder.decode(frame));
            long number = decoded.incrementAndGet();
            return new PictureAnswer.Jpeg(
                    jpeg, '"' + Long.toHexString(number) + '-' + Integer.toHexString(jpeg.hashCode()) + '"');
        } catch (UndecodableException e) {
            throw new CompletionException(e);
        }
    }

    private PictureAnswer none(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        failed.incrementAndGet();
        if (cause instanceof UndecodableException undecodable) {
            return new PictureAnswer.None(undecodable.reason());
        }
        return new PictureAnswer.None(
                cause instanceof RejectedExecutionException ? "the gateway is stopping" : "the decoder failed");
    }
}
