package lancaster.http;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lancaster.segment.SegmentReader;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a part of a segment as the kernel takes it, by sendfile(2) where it has a file of its own, a bounded piece a
 * turn, so that one reader doesn't keep an I/O thread from the others. A reader that takes too little for too long is
 * cut off. On the exchange's I/O thread.
 */
final class FileSender implements ChannelListener<StreamSinkChannel> {
    /** What goes with the head of the answer. */
    private static final int FIRST_BYTES = 8 << 10;
    /** A piece of what has to be read. */
    private static final int READ_BYTES = 64 << 10;

    private static final long TURN_BYTES = 1 << 20;
    /** Who takes less than this within the time-out only pretends to read. */
    private static final long LEAST_PROGRESS_BYTES = 64 << 10;

    private final HttpServerExchange exchange;
    private final SegmentReader segment;
    private final @Nullable FileChannel file;
    private final long end;
    private final long timeoutMs;

    /**
     * What was read and not yet sent. Undertow answers a transfer that comes with the head by a read from the file's
     * beginning, whatever position it is asked for; so the first bytes are written, and only the rest is transferred.
     */
    private final ByteBuffer read;

    private long position;
    private long positionAtCheck;
    private XnioExecutor.Key timer = () -> false;
    private boolean waiting;

    FileSender(HttpServerExchange exchange, SegmentReader segment, ByteRange range, Duration timeout) {
        this.exchange = exchange;
        this.segment = segment;
        this.file = segment.file().orElse(null);
        this.position = range.from();
        this.end = range.from() + range.length();
        this.timeoutMs = timeout.toMillis();
        this.read = ByteBuffer.allocate((int) Math.min(file == null ? READ_BYTES : FIRST_BYTES, range.length()));
    }

    void start() {
        try {
            read(end);
        } catch (IOException e) {
            abort();
            return;
        }
        handleEvent(exchange.getResponseChannel());
    }

    /** Reads the next piece. */
    private void read(long until) throws IOException {
        read.clear().limit((int) Math.min(read.capacity(), until - position));
        segment.read(read, position);
        if (read.hasRemaining()) {
            throw new IOException("the file is shorter than it was");
        }
        read.flip();
    }

    @Override
    public void handleEvent(StreamSinkChannel channel) {
        try {
            long turnEnd = Math.min(end, position + TURN_BYTES);
            long sent = 1;
            while (position < turnEnd && sent > 0) {
                sent = send(channel, turnEnd);
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

    private long send(StreamSinkChannel channel, long turnEnd) throws IOException {
        if (!read.hasRemaining() && file != null) {
            return channel.transferFrom(file, position, turnEnd - position);
        }
        if (!read.hasRemaining()) {
            read(end);
        }
        return channel.write(read);
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
        IoUtils.safeClose(segment);
    }
}
