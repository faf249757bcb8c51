package lancaster.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a part of a file as the kernel takes it (sendfile(2)), a bounded piece a turn, so that one reader doesn't keep
 * an I/O thread from the others. A reader that takes too little for too long is cut off. On the exchange's I/O thread.
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {
    /** What goes with the head of the answer. */
    private static final int FIRST_BYTES = 8 << 10;

    private static final long TURN_BYTES = 1 << 20;
    /** Who takes less than this within the time-out only pretends to read. */
    private static final long LEAST_PROGRESS_BYTES = 64 << 10;

    private final HttpServerExchange exchange;
    private final FileChannel file;
    private final long end;
    private final long timeoutMs;

    /**
     * Undertow answers a transfer that comes with the head by a read from the file's beginning, whatever position it is
     * asked for; so the first bytes are written, and only the rest is transferred.
     */
    private final ByteBuffer first;

    private long position;
    private long positionAtCheck;
    private XnioExecutor.Key timer = () -> false;
    private boolean waiting;

    FileSender(HttpServerExchange exchange, FileChannel file, ByteRange range, Duration timeout) {
        this.exchange = exchange;
        this.file = file;
        this.position = range.from();
        this.end = range.from() + range.length();
        this.timeoutMs = timeout.toMillis();
        this.first = ByteBuffer.allocate((int) Math.min(FIRST_BYTES, range.length()));
    }

    void start() {
        try {
            if (file.read(first, position) < first.capacity()) {
                throw new IOException("the file is shorter than it was");
            }
            first.flip();
        } catch (IOException e) {
            abort();
            return;
        }
        handleEvent(exchange.getResponseChannel());
    }

    @Override
    public void handleEvent(StreamSinkChannel channel) {
        try {
            long turnEnd = Math.min(end, position + TURN_BYTES);
            long sent = 1;
            while (position < turnEnd && sent > 0) {
                sent = first.hasRemaining()
                        ? channel.write(first)
                        : channel.transferFrom(file, position, turnEnd - position);
                position += sent;
            }
            if (position < end) {
                await(channel);
            } else {
                finish();
                exchange.endExchange();
            }
        } catch (IOException e) {
            abort();
        }
    }

    private void await(StreamSinkChannel channel) {
        if (!waiting) {
            waiting = true;
            channel.getWriteSetter().set(this);
            positionAtCheck = position;
            scheduleCheck();
        }
        channel.resumeWrites();
    }

    private void scheduleCheck() {
        timer = exchange.getIoThread().executeAfter(this::check, timeoutMs, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (!exchange.getConnection().isOpen() || position - positionAtCheck < LEAST_PROGRESS_BYTES) {
            abort();
        } else {
            positionAtCheck = position;
            scheduleCheck();
        }
    }

    /** A body that was cut must not look complete: the connection goes with it (RFC 9112 §8). */
    private void abort() {
        finish();
        IoUtils.safeClose(exchange.getConnection());
    }

    private void finish() {
        timer.remove();
        IoUtils.safeClose(file);
    }
}
