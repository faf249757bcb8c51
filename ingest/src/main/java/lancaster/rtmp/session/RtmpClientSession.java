package lancaster.rtmp.session;

import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvMessage;
import lancaster.flv.FlvMuxer;
import lancaster.media.MediaEvent;

/** Publishes media events to a server (§7.2.2.6): what it doesn't take yet waits here. Owner: the connection's loop. */
public final class RtmpClientSession implements PublishLink.Owner {
    /** Media goes to the socket while no more than this waits there; the rest waits where it can be cut back. */
    public static final int SOCKET_BYTES = 256 << 10;

    private final PublishLink link;
    private final FlvMuxer muxer = new FlvMuxer(this::sendTag);
    private final SendQueue queue;
    private long sentMessages;

    /** Media may be sent at once; it waits until {@code link} is live. */
    public RtmpClientSession(RtmpClientSettings settings, PublishLink link) {
        this.link = link;
        this.queue = new SendQueue(settings.queueBytes());
        link.attach(this);
    }

    public RtmpClientStats stats() {
        return new RtmpClientStats(sentMessages, queue.bytes(), queue.cuts(), queue.droppedUnits());
    }

    /** Queues media, before the server's consent too. */
    public void send(MediaEvent event) {
        if (!link.isClosed()) {
            queue.offer(event);
            drain();
        }
    }

    @Override
    public void onLive() {
        drain();
    }

    @Override
    public void onWritable() {
        drain();
    }

    @Override
    public void onClosed() {
        // What waits goes with it.
    }

    /** Sends what waits, as far as the socket takes it, says goodbye and ends. */
    public void close() {
        link.close();
    }

    private void drain() {
        while (link.isLive() && link.pendingBytes() <= SOCKET_BYTES) {
            MediaEvent event = queue.poll();
            if (event == null) {
                break;
            }
            try {
                muxer.mux(event);
            } catch (ProtocolException e) {
                link.fail(String.valueOf(e.getMessage()));
            }
        }
        link.flush();
    }

    private void sendTag(FlvMessage tag) {
        sentMessages++;
        link.send(tag);
    }
}
