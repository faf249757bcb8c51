package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import lancaster.api.ApiResponse;
import lancaster.api.Feed;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends an answer that has no end. While nothing comes a heartbeat shows readers that they are heard, and shows here
 * which of them are gone; one that takes nothing for too long is cut off. On the exchange's I/O thread.
 */
final class FeedSender implements ChannelListener<StreamSinkChannel> {
    /** Below what proxies and load balancers wait for, commonly 30 to 60 s. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final XnioExecutor.Key NONE = () -> false;

    private final HttpServerExchange exchange;
    private final StreamSinkChannel channel;
    private final Feed feed;
    private final long stallMs;
    private final BooleanSupplier mayGoOn;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private XnioExecutor.Key heartbeat = NONE;
    private XnioExecutor.Key stall = NONE;
    /** Whether the reader hasn't taken all yet. */
    private boolean stalled;

    private boolean over;

    private FeedSender(
            HttpServerExchange exchange,
            StreamSinkChannel channel,
            Feed feed,
            Duration stall,
            BooleanSupplier mayGoOn) {
        this.exchange = exchange;
        this.channel = channel;
        this.feed = feed;
        this.stallMs = stall.toMillis();
        this.mayGoOn = mayGoOn;
    }

    /**
     * Begins.
     *
     * @param stall a reader takes nothing for this long: its connection is closed
     * @param mayGoOn asked now and then whether the reader may still have it
     */
    static void send(HttpServerExchange exchange, ApiResponse.Endless body, Duration stall, BooleanSupplier mayGoOn) {
        Answers.noSniff(exchange);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, body.contentType());
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.endExchange();
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
            StreamSinkChannel channel = exchange.getResponseChannel();
            if (channel == null) {
                IoUtils.safeClose(exchange.getConnection());
            } else {
                new FeedSender(exchange, channel, body.feed(), stall, mayGoOn).start();
            }
        });
    }

    private void start() {
        exchange.addExchangeCompleteListener((ended, next) -> {
            finish();
            next.proceed();
        });
        channel.getWriteSetter().set(this);
        feed.open(() -> exchange.getIoThread().execute(this::onNews));
        beatLater();
        handleEvent(channel);
    }

    private void onNews() {
        if (!stalled && !over) {
            handleEvent(channel);
        }
    }

    @Override
    public void handleEvent(StreamSinkChannel to) {
        try {
            boolean before = stalled;
            stalled = !write();
            if (stalled) {
                to.resumeWrites();
            } else {
                to.suspendWrites();
            }
            if (before != stalled) {
                stall.remove();
                stall = stalled
                        ? exchange.getIoThread().executeAfter(this::abort, stallMs, TimeUnit.MILLISECONDS)
                        : NONE;
            }
        } catch (IOException e) {
            abort();
        }
    }

    /** Whether all there is has left. */
    private boolean write() throws IOException {
        while (pending.hasRemaining() || take()) {
            if (channel.write(pending) == 0) {
                return false;
            }
        }
        return channel.flush();
    }

    private boolean take() {
        pending = feed.next().buffer();
        return pending.hasRemaining();
    }

    private void beatLater() {
        heartbeat = exchange.getIoThread().executeAfter(this::beat, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        beatLater();
        if (!mayGoOn.getAsBoolean()) {
            abort();
        } else if (!stalled) {
            pending = feed.heartbeat().buffer();
            handleEvent(channel);
        }
    }

    private void abort() {
        finish();
        IoUtils.safeClose(exchange.getConnection());
    }

    private void finish() {
        if (!over) {
            over = true;
            heartbeat.remove();
            stall.remove();
            feed.close();
        }
    }
}
