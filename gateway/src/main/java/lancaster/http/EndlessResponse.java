package lancaster.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lancaster.endless.EndlessFormat;
import lancaster.endless.Piece;
import lancaster.output.Audience;
import lancaster.output.EndlessOutputs;
import lancaster.output.EndlessReader;
import lancaster.stream.LiveStream;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * One answer without end. Pieces come on the packaging loop into a bounded queue and are written on the exchange's I/O
 * thread, which owns all else.
 */
final class EndlessResponse implements EndlessReader, ChannelListener<StreamSinkChannel> {
    /** One reader doesn't keep an I/O thread from the others for longer. */
    private static final long TURN_BYTES = 1 << 20;

    private final HttpServerExchange exchange;
    private final EndlessOutputs outputs;
    private final Audience audience;
    private final LiveStream stream;
    private final EndlessFormat format;
    private final long timeoutMs;
    private final PieceQueue queue = new PieceQueue();
    /** Whether a turn is planned that will see what was added. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean ended;
    private @Nullable StreamSinkChannel channel;
    private @Nullable ByteBuffer current;
    private Runnable unwatch = () -> {};
    private boolean waiting;
    private long written;
    private long writtenAtCheck;
    private XnioExecutor.Key timer = () -> false;

    EndlessResponse(
            HttpServerExchange exchange,
            EndlessOutputs outputs,
            Audience audience,
            LiveStream stream,
            EndlessFormat format,
            Duration writeTimeout) {
        this.exchange = exchange;
        this.outputs = outputs;
        this.audience = audience;
        this.stream = stream;
        this.format = format;
        this.timeoutMs = writeTimeout.toMillis();
    }

    void start() {
        StreamSinkChannel opened = exchange.getResponseChannel();
        opened.getWriteSetter().set(this);
        channel = opened;
        exchange.getConnection().addCloseListener(connection -> leave());
        unwatch = audience.joined(stream.path().toString());
        outputs.join(stream, format, this);
    }

    @Override
    public void offer(Piece piece) {
        long cutsBefore = queue.cuts();
        if (queue.offer(piece)) {
            schedule();
        }
        if (queue.cuts() > cutsBefore) {
            outputs.onCut();
        }
    }

    @Override
    public void end() {
        ended = true;
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            exchange.getIoThread().execute(this::turn);
        }
    }

    private void turn() {
        scheduled.set(false);
        StreamSinkChannel opened = channel;
        if (!waiting && opened != null && !left.get()) {
            handleEvent(opened);
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel opened) {
        try {
            if (write(opened) && opened.flush()) {
                stopWaiting(opened);
                if (ended && queue.isEmpty()) {
                    leave();
                    exchange.endExchange();
                }
            } else if (!left.get()) {
                await(opened);
            }
        } catch (IOException e) {
            abort();
        }
    }

    /** Whether all that there was is written. */
    private boolean write(StreamSinkChannel opened) throws IOException {
        long turnEnd = written + TURN_BYTES;
        while (written < turnEnd) {
            ByteBuffer next = current == null || !current.hasRemaining() ? queue.poll() : current;
            current = next;
            if (next == null) {
                return true;
            }
            int count = opened.write(next);
            if (count == 0) {
                return false;
            }
            written += count;
            audience.sent(stream.path().toString(), count);
        }
        return false;
    }

    private void await(StreamSinkChannel opened) {
        if (!waiting) {
            waiting = true;
            writtenAtCheck = written;
            timer = exchange.getIoThread().executeAfter(this::check, timeoutMs, TimeUnit.MILLISECONDS);
        }
        opened.resumeWrites();
    }

    private void stopWaiting(StreamSinkChannel opened) {
        if (waiting) {
            waiting = false;
            timer.remove();
            opened.suspendWrites();
        }
    }

    /** Who takes nothing at all has gone, or only pretends to read. */
    private void check() {
        if (written == writtenAtCheck) {
            abort();
        } else {
            writtenAtCheck = written;
            timer = exchange.getIoThread().executeAfter(this::check, timeoutMs, TimeUnit.MILLISECONDS);
        }
    }

    private void abort() {
        leave();
        IoUtils.safeClose(exchange.getConnection());
    }

    /** However it ended, and once. */
    private void leave() {
        if (left.compareAndSet(false, true)) {
            timer.remove();
            unwatch.run();
            outputs.leave(stream, format, this);
        }
    }
}
