package lancaster.rtmp.session;

import java.util.ArrayDeque;
import java.util.Deque;
import lancaster.runloop.RunLoop;

/**
 * Publishes media to a server that others send too (§7.2.2.6): it takes batches that are encoded already.
 * What the server doesn't take in time is cut back to the next random access point. Owner: the connection's loop.
 */
public final class RtmpRelaySession implements PublishLink.Owner {
    /** What may wait whatever the buffer is. */
    private static final int MAX_QUEUED_BYTES = 32 << 20;

    private record Waiting(MediaBatch batch, long sinceNs) {}

    private final RelaySettings settings;
    private final RunLoop loop;
    private final PublishLink link;
    private final Deadline stall;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long liveSinceNs = Long.MIN_VALUE;
    /** Whether the server has what it needs to understand the next batch. */
    private boolean begun;

    private long sentMessages;
    private long sentBytes;
    private long takenBytes;
    private long cuts;
    private long droppedMessages;

    /** Media may be offered at once; it waits until {@code link} is live. */
    public RtmpRelaySession(RelaySettings settings, RunLoop loop, PublishLink link) {
        this.settings = settings;
        this.loop = loop;
        this.link = link;
        this.stall = new Deadline(loop);
        link.attach(this);
    }

    public RelayStats stats() {
        return new RelayStats(sentMessages, sentBytes, queuedBytes, cuts, droppedMessages);
    }

    /** Sends it, when its turn comes and if somebody can begin there. */
    public void offer(MediaBatch batch) {
        if (link.isClosed()) {
            return;
        }
        if (!link.isLive() && batch.isEntry()) {
            // Who begins later needs nothing that lies before.
            clear();
        }
        if (queue.isEmpty() && !begun && !batch.isEntry()) {
            droppedMessages += link.isLive() ? batch.messages() : 0;
            return;
        }
        if ((link.isLive() && isLate()) || queuedBytes + batch.bytes() > MAX_QUEUED_BYTES) {
            cut();
            if (!batch.isEntry()) {
                droppedMessages += batch.messages();
                return;
            }
        }
        queue.add(new Waiting(batch, loop.nowNs()));
        queuedBytes += batch.bytes();
        drain();
    }

    /** Sends what waits, as far as the socket takes it, says goodbye and ends. */
    public void close() {
        stall.cancel();
        clear();
        link.close();
    }

    @Override
    public void onWritable() {
        drain();
    }

    @Override
    public void onClosed() {
        stall.cancel();
        clear();
    }

    @Override
    public void onLive() {
        liveSinceNs = loop.nowNs();
        watch();
        drain();
    }

    private boolean isLate() {
        Waiting oldest = queue.peek();
        return oldest != null
                && loop.nowNs() - Math.max(oldest.sinceNs(), liveSinceNs)
                        > settings.buffer().toNanos();
    }

    private void cut() {
        cuts++;
        queue.forEach(waiting -> droppedMessages += waiting.batch().messages());
        clear();
        begun = false;
    }

    private void clear() {
        queue.clear();
        queuedBytes = 0;
    }

    private void drain() {
        while (link.isLive() && !queue.isEmpty() && link.pendingBytes() <= RtmpClientSession.SOCKET_BYTES) {
            MediaBatch batch = queue.remove().batch();
            queuedBytes -= batch.bytes();
            MediaBatch sent = begun ? batch : batch.opened();
            begun = true;
            link.send(sent);
            sentMessages += sent.messages();
            sentBytes += sent.bytes();
        }
        link.flush();
    }

    /** A server that hangs leaves what it is sent in our hands. */
    private void watch() {
        long pending = link.pendingBytes();
        long taken = sentBytes - pending;
        if (pending > 0 && sentBytes > 0 && taken <= takenBytes) {
            link.fail("the server takes nothing for " + settings.stallTimeout().toSeconds() + " s");
            clear();
            return;
        }
        takenBytes = taken;
        stall.set(settings.stallTimeout(), this::watch);
    }
}
