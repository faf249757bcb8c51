package lancaster.rtmfp.tc;

import lancaster.bytes.Bytes;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.play.Cursor;
import lancaster.rtmp.play.PlayBatch;
import lancaster.rtmp.play.PlayMessage;
import lancaster.rtmp.play.Viewer;
import lancaster.rtmp.play.Viewing;
import lancaster.rtmp.play.WantedKinds;

/**
 * Plays a reel over the flows of a stream. It writes no more than what soon goes: the rest stays on the reel, where it
 * grows old and is left out. Owner: the loop of the endpoint.
 */
final class FlowViewer implements Viewer {
    /** What may be written and not yet acknowledged: what is under way on a fast long path, and a key frame. */
    private static final long MAX_BUFFERED_BYTES = 384 << 10;

    private final Viewing viewing;
    private final TcLink link;
    private final SharedMessages messages;
    private final Cursor cursor;
    private final WantedKinds kinds;

    private boolean paused;
    private boolean over;
    private long progressNs;
    private long bufferedBefore;

    FlowViewer(Viewing viewing, TcLink link, SharedMessages messages) {
        this.viewing = viewing;
        this.link = link;
        this.messages = messages;
        this.cursor = new Cursor(
                viewing.reel(),
                viewing.kinds(),
                viewing.durationMs(),
                viewing.loop().nowNs());
        this.kinds = new WantedKinds(viewing.kinds());
        this.progressNs = viewing.loop().nowNs();
    }

    @Override
    public void onBatch() {
        drain();
    }

    /** Some of what was written has arrived. */
    void onWritable() {
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
            progressNs = viewing.loop().nowNs();
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
        over = true;
        cursor.close();
        link.forget(this);
        cursor.report(viewing.meter());
    }

    private void drain() {
        if (over) {
            return;
        }
        link.onStream(viewing.messageStreamId(), this::drainTo);
        cursor.report(viewing.meter());
    }

    private void drainTo(StreamFlows flows) {
        long nowNs = viewing.loop().nowNs();
        while (!paused && !over) {
            long buffered = flows.bufferedBytes();
            if (buffered > MAX_BUFFERED_BYTES) {
                hold(buffered, nowNs);
                return;
            }
            PlayBatch batch = cursor.next(nowNs);
            if (batch == null) {
                break;
            }
            write(batch, flows, nowNs);
        }
        progressNs = nowNs;
        if (!over && cursor.isOver()) {
            stop();
            viewing.onDone().run();
        }
    }

    private void write(PlayBatch batch, StreamFlows flows, long nowNs) {
        boolean opened = kinds.beginAt(batch, cursor.behindCut()) || cursor.opens();
        // Marks say where in the order of all tracks they stand, so that with them all goes in one flow.
        boolean ordered = kinds.ordered();
        for (PlayMessage message : batch.messages(kinds.now(), opened)) {
            RawMessage raw = message.raw();
            Bytes bytes = messages.encoded(raw);
            if (ordered) {
                flows.writeInOrder(bytes);
            } else {
                flows.write(raw, bytes, nowNs);
            }
            viewing.meter().onSent(bytes.length());
        }
    }

    /** Waits until some of it has arrived, but not for ever. */
    private void hold(long buffered, long nowNs) {
        if (buffered < bufferedBefore) {
            progressNs = nowNs;
        }
        bufferedBefore = buffered;
        if (nowNs - progressNs > viewing.stall().toNanos()) {
            viewing.meter().onStalled();
            stop();
            link.giveUp();
        }
    }
}
