package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
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
public final class RtmpClientSession implements RtmpClientConnection {
    /** Media goes to the socket while no more than this waits there; the rest waits where it can be cut back. */
    public static final int SOCKET_BYTES = 256 << 10;

    private final RtmpTransport transport;
    private final ClientDialogue dialogue;
    private final FlvMuxer muxer = new FlvMuxer(this::sendTag);
    private final SendQueue queue;
    private final PublishRole role;
    private long sentMessages;

    /** Media may be sent at once; it waits until {@code transport} is connected and the server consents. */
    public RtmpClientSession(
            RtmpUrl url,
            RtmpClientSettings settings,
            RunLoop loop,
            RandomGenerator random,
            RtmpTransport transport,
            RtmpClientListener listener) {
        this.role = new PublishRole(url, this::drain);
        this.transport = transport;
        this.queue = new SendQueue(settings.queueBytes());
        this.dialogue = new ClientDialogue(
                url, "publish", settings.startTimeout(), ChunkLimits.COMMANDS, loop, random, transport, listener, role);
        role.bind(dialogue);
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
    public void onBytes(ByteBuffer in) {
        dialogue.onBytes(in);
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
        while (dialogue.isLive() && transport.pendingBytes() <= SOCKET_BYTES) {
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
        transport.flush();
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
