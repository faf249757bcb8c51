package lancaster.rtmp.session;

import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvMessage;
import lancaster.flv.FlvMuxer;
import lancaster.media.MediaEvent;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.runloop.RunLoop;

/** The publishing side of a connection (§7.2.2.6): asks for a stream and then sends media events on it. */
public final class RtmpClientSession implements ClientEnd {
    /** Media goes to the socket while no more than this waits there; the rest waits where it can be cut back. */
    public static final int SOCKET_BYTES = 256 << 10;

    private final ClientLink link;
    private final ClientDialogue dialogue;
    private final FlvMuxer muxer = new FlvMuxer(this::sendTag);
    private final SendQueue queue;
    private final PublishRole role;
    private long sentMessages;

    /** Media may be sent at once; it waits until {@code link} is connected and the server consents. */
    public RtmpClientSession(
            RtmpUrl url, RtmpClientSettings settings, RunLoop loop, ClientLink link, RtmpClientListener listener) {
        this.role = new PublishRole(url, this::drain);
        this.link = link;
        this.queue = new SendQueue(settings.queueBytes());
        this.dialogue = new ClientDialogue(
                url, "publish", settings.startTimeout(), ChunkLimits.COMMANDS, loop, link, listener, role);
        role.bind(dialogue);
        link.attach(this);
    }

    @Override
    public void onConnected() {
        dialogue.onConnected();
    }

    public RtmpClientStats stats() {
        return new RtmpClientStats(sentMessages, queue.bytes(), queue.cuts(), queue.droppedUnits());
    }

    /** Queues media, before the server's consent too. */
    public void send(MediaEvent event) {
        if (!dialogue.isClosed()) {
            queue.offer(event);
            drain();
        }
    }

    @Override
    public void onWritable() {
        drain();
    }

    @Override
    public void onFault(String why) {
        dialogue.fail(why);
    }

    @Override
    public void onClosed(String why) {
        dialogue.onClosed(why);
    }

    /** Sends what waits, as far as the socket takes it, says goodbye and ends. */
    public void close() {
        role.unpublish();
        dialogue.close();
    }

    private void drain() {
        while (dialogue.isLive() && link.pendingBytes() <= SOCKET_BYTES) {
            MediaEvent event = queue.poll();
            if (event == null) {
                break;
            }
            try {
                muxer.mux(event);
            } catch (ProtocolException e) {
                dialogue.fail(String.valueOf(e.getMessage()));
            }
        }
        link.flush();
    }

    private void sendTag(FlvMessage tag) {
        sentMessages++;
        dialogue.send(
                switch (tag.type()) {
                    case MessageType.AUDIO -> new Audio(role.messageStreamId(), tag.timestampMs(), tag.payload());
                    case MessageType.VIDEO -> new Video(role.messageStreamId(), tag.timestampMs(), tag.payload());
                    default -> new Data(role.messageStreamId(), tag.type(), tag.timestampMs(), tag.payload());
                });
    }
}
