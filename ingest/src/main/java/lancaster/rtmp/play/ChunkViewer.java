package lancaster.rtmp.play;

import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;

/**
 * Plays a reel over a byte stream (§5.3). It hands the socket no more than the kernel will send soon: what a slow player
 * has not taken stays on the reel, where it grows old and is left out. Owner: the connection's loop.
 */
public final class ChunkViewer implements Viewer {
    /** The chunks that it sends; the connection says so before. */
    public static final int CHUNK_BYTES = EncodedBatch.CHUNK_BYTES;
    /** Message streams that can be played on. */
    public static final int MAX_MESSAGE_STREAM = EncodedBatch.MAX_MESSAGE_STREAM;

    /** What the kernel may hold and not have sent. */
    static final int UNSENT_BYTES = 60_000;
    /** Who begins doesn't keep the loop from the others for longer. */
    private static final int TURN_BYTES = 256 << 10;

    private static final long FIRST_RETRY_NS = 2_000_000;
    private static final long LAST_RETRY_NS = 32_000_000;

    private final Reel reel;
    private final PlayMeter meter;
    private final ChunkSink sink;
    private final RunLoop loop;
    private final int messageStreamId;
    private final long stallNs;
    private final Runnable onDone;
    private final Cursor cursor;
    private final WantedKinds kinds;

    private @Nullable PlayBatch batch;
    private @Nullable EncodedBatch encoded;
    private int offset;
    /** What the kernel had not sent when it was asked, and what it was given since. */
    private long unsent;

    private long given;
    private long progressNs;
    private long retryNs = FIRST_RETRY_NS;
    private boolean draining;
    /** Whether something will call {@link #drain} that need not be waited for otherwise. */
    private boolean awaiting;

    private boolean retrying;
    private boolean paused;
    private boolean over;

    public ChunkViewer(Viewing viewing, ChunkSink sink) {
        this.reel = viewing.reel();
        this.meter = viewing.meter();
        this.loop = viewing.loop();
        this.messageStreamId = viewing.messageStreamId();
        this.kinds = new WantedKinds(viewing.kinds());
        this.stallNs = viewing.stall().toNanos();
        this.onDone = viewing.onDone();
        this.sink = sink;
        this.cursor = new Cursor(reel, viewing.kinds(), viewing.durationMs(), loop.nowNs());
        this.progressNs = loop.nowNs();
    }

    @Override
    public void onBatch() {
        drain();
    }

    @Override
    public void pause() {
        paused = true;
        cursor.pause();
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            progressNs = loop.nowNs();
            cursor.resume(progressNs);
            drain();
        }
    }

    @Override
    public void receive(int newKinds) {
        kinds.set(newKinds);
    }

    @Override
    public void stop() {
        if (encoded != null && !encoded.isBetweenMessages(offset)) {
            int end = encoded.endOfMessage(offset);
            sink.write(encoded.chunks(), offset, end - offset);
            sink.flush();
        }
        over = true;
        letGo();
        cursor.close();
        cursor.report(meter);
    }

    private void drain() {
        if (draining || over) {
            return;
        }
        draining = true;
        int left = TURN_BYTES;
        int sent = 1;
        while (sent > 0 && left > 0) {
            sent = step();
            left -= sent;
        }
        draining = false;
        if (left <= 0) {
            soon();
        }
        cursor.report(meter);
    }

    /** Hands on one piece and gives its length; 0 when nothing can be handed on now. */
    private int step() {
        long nowNs = loop.nowNs();
        if (sink.pendingBytes() > 0) {
            return hold(nowNs);
        }
        if (batch != null && encoded != null && offset > 0 && isTooLate(batch, encoded, nowNs)) {
            cursor.abandon(batch);
            letGo();
        }
        EncodedBatch now = encoded == null ? take(nowNs) : encoded;
        if (now == null) {
            return 0;
        }
        int end = now.endWithin(offset, room());
        if (end == offset) {
            unsent = sink.unsentBytes();
            given = 0;
            end = now.endWithin(offset, room());
        }
        if (end == offset) {
            return hold(nowNs);
        }
        int count = end - offset;
        sink.write(now.chunks(), offset, count);
        sink.flush();
        given += count;
        meter.onSent(count);
        offset = end;
        progressNs = nowNs;
        retryNs = FIRST_RETRY_NS;
        if (offset == now.length()) {
            letGo();
        }
        return count;
    }

    private boolean isTooLate(PlayBatch begun, EncodedBatch its, long nowNs) {
        return its.isBetweenMessages(offset) && cursor.isLate(begun, nowNs);
    }

    private int room() {
        return (int) Math.max(0, UNSENT_BYTES - unsent - given);
    }

    /** The next batch that holds something for this player. */
    private @Nullable EncodedBatch take(long nowNs) {
        while (!paused) {
            PlayBatch next = cursor.next(nowNs);
            if (next == null) {
                break;
            }
            boolean opened = kinds.beginAt(next, cursor.behindCut()) || cursor.opens();
            EncodedBatch its = next.encoded(kinds.now(), opened, messageStreamId);
            if (its.length() > 0) {
                batch = next;
                encoded = its;
                offset = 0;
                return its;
            }
            its.chunks().release();
        }
        progressNs = nowNs;
        if (cursor.isOver()) {
            over = true;
            cursor.close();
            onDone.run();
        }
        return null;
    }

    private void letGo() {
        if (encoded != null) {
            encoded.chunks().release();
        }
        encoded = null;
        batch = null;
        offset = 0;
    }

    /** Waits until the kernel takes more. */
    private int hold(long nowNs) {
        if (nowNs - progressNs > stallNs) {
            meter.onStalled();
            over = true;
            sink.close();
        } else if (sink.pendingBytes() > 0) {
            if (!awaiting) {
                awaiting = true;
                sink.whenTaken(() -> {
                    awaiting = false;
                    drain();
                });
            }
        } else if (!retrying) {
            retrying = true;
            var unused = loop.schedule(retryNs, () -> {
                retrying = false;
                drain();
            });
            retryNs = Math.min(2 * retryNs, LAST_RETRY_NS);
        }
        return 0;
    }

    private void soon() {
        if (!retrying) {
            retrying = true;
            loop.execute(() -> {
                retrying = false;
                drain();
            });
        }
    }
}
