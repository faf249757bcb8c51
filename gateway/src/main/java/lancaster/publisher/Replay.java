package lancaster.publisher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.net.Loops;
import lancaster.rtmfp.net.RtmfpClient;
import lancaster.rtmp.net.RtmpClient;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a source in real time, and again when the connection breaks, if it is told to. A source that isn't live goes
 * on where it stood. Owned by its loop.
 */
public final class Replay {
    static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final RunLoop loop;
    private final MediaSource source;
    private final Uplink.Dialer dialer;
    private final boolean reconnects;
    private final ReplayListener listener;
    private final Pacer pacer;
    /** Told again to each new connection. */
    private final Map<Integer, TrackConfigured> tracks = new LinkedHashMap<>();

    private @Nullable Uplink uplink;
    private Timer retry = Timer.NONE;
    private Duration retryDelay = FIRST_RETRY;
    private boolean started;
    private boolean refused;
    private boolean over;
    private long pictures;
    private long bytes;

    /** Time 0 of a live source is now; {@link #start} begins to connect. */
    Replay(RunLoop loop, MediaSource source, Uplink.Dialer dialer, boolean reconnects, ReplayListener listener) {
        this.loop = loop;
        this.source = source;
        this.dialer = dialer;
        this.reconnects = reconnects;
        this.listener = listener;
        pacer = new Pacer(loop, source, new Outlet());
    }

    /**
     * Publishes over RTMP or RTMFP.
     *
     * @param loops those of a publisher, which has one loop
     * @param crypto looks names up and reckons the handshakes of RTMFP, and may wait
     */
    public static Replay start(
            RtmpUrl url,
            MediaSource source,
            boolean reconnects,
            Loops loops,
            Executor crypto,
            ReplayListener listener) {
        Uplink.Dialer dialer = url.scheme() == RtmpUrl.Scheme.RTMFP
                ? told -> new RtmfpUplink(RtmfpClient.publish(url, RtmpClientSettings.DEFAULTS, loops, crypto, told))
                : told -> new RtmpUplink(RtmpClient.publish(url, RtmpClientSettings.DEFAULTS, loops, told));
        Replay replay = new Replay(loops.publish(), source, dialer, reconnects, listener);
        replay.start();
        return replay;
    }

    private record RtmpUplink(RtmpClient client) implements Uplink {
        @Override
        public void send(MediaEvent event) {
            client.send(event);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private record RtmfpUplink(RtmfpClient client) implements Uplink {
        @Override
        public void send(MediaEvent event) {
            client.send(event);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** From any thread. */
    void start() {
        loop.execute(this::connect);
    }

    public RunLoop loop() {
        return loop;
    }

    /** What has been sent so far. On the loop. */
    public ReplayStats stats() {
        return new ReplayStats(pictures, bytes);
    }

    /** Ends the publication; nothing is told any more. On the loop. */
    public void close() {
        over = true;
        pacer.stop();
        retry.cancel();
        if (uplink != null) {
            uplink.close();
        }
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() {
        refused = false;
        try {
            uplink = dialer.dial(new Connection());
        } catch (IOException e) {
            onClosed(String.valueOf(e.getMessage()));
        }
    }

    private void onStarted(Uplink to) {
        started = true;
        retryDelay = FIRST_RETRY;
        listener.onPublishing();
        tracks.values().forEach(to::send);
        pacer.start();
    }

    private void onClosed(String why) {
        pacer.stop();
        uplink = null;
        if (over) {
            return;
        }
        if (reconnects && (started || !refused)) {
            listener.onRetry(why, retryDelay);
            retry = loop.schedule(retryDelay.toNanos(), this::connect);
            Duration longer = retryDelay.multipliedBy(2);
            retryDelay = longer.compareTo(LAST_RETRY) < 0 ? longer : LAST_RETRY;
        } else {
            close();
            listener.onFailed(why);
        }
    }

    /** What the pacer hands on goes to the connection there is. */
    private final class Outlet implements Pacer.Sink {
        @Override
        public void onEvent(MediaEvent event) {
            if (event instanceof TrackConfigured configured) {
                tracks.put(configured.track().id(), configured);
            } else if (event instanceof AccessUnit unit) {
                pictures += unit.trackId() < Track.AUDIO ? 1 : 0;
                bytes += unit.payload().length();
            }
            if (uplink != null) {
                uplink.send(event);
            }
        }

        @Override
        public void onEnd() {
            close();
            listener.onEnd();
        }

        @Override
        public void onFailure(IOException cause) {
            close();
            listener.onSourceFailed(String.valueOf(cause.getMessage()));
        }
    }

    private final class Connection implements RtmpClientListener {
        private String lastStatus = "";

        @Override
        public void onStarted() {
            if (!over && uplink != null) {
                Replay.this.onStarted(uplink);
            }
        }

        /** What the server says before it closes: the reason that the end of a connection itself lacks. */
        @Override
        public void onStatus(StatusReport status) {
            if (!status.description().isEmpty()) {
                lastStatus = status.toString();
            }
        }

        @Override
        public void onRefused(StatusReport status) {
            refused = true;
            listener.onRefused(status);
        }

        @Override
        public void onClosed(String why) {
            Replay.this.onClosed(lastStatus.isEmpty() ? why : lastStatus);
        }
    }
}
