package lancaster.rtmp.session;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvMessage;
import lancaster.flv.FlvMuxer;
import lancaster.media.MediaEvent;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.runloop.RunLoop;

/** The publishing side of a connection (§7.2.2.6): asks for a stream and then sends media events on it. */
public final class RtmpClientSession implements RtmpClientConnection {
    /** The publishing types: {@code live} is not recorded. */
    private static final String PUBLISHING_TYPE = "live";

    private static final String CLIENT_VERSION = "FMLE/3.0 (compatible; Lancaster)";
    /** Whole frames in a chunk: headers between are work for both sides. */
    private static final int CHUNK_BYTES = 64 << 10;
    /** Media goes to the socket while no more than this waits there; the rest waits where it can be cut back. */
    public static final int SOCKET_BYTES = 256 << 10;

    private static final int RELEASE_STREAM = 2;
    private static final int FC_PUBLISH = 3;
    private static final int PUBLISH = 5;
    private static final int FC_UNPUBLISH = 6;

    private final RtmpUrl url;
    private final RtmpTransport transport;
    private final ClientDialogue dialogue;
    private final FlvMuxer muxer = new FlvMuxer(this::sendTag);
    private final SendQueue queue;
    private int messageStreamId;
    private long sentMessages;

    /** Media may be sent at once; it waits until {@code transport} is connected and the server consents. */
    public RtmpClientSession(
            RtmpUrl url,
            RtmpClientSettings settings,
            RunLoop loop,
            RandomGenerator random,
            RtmpTransport transport,
            RtmpClientListener listener) {
        this.url = url;
        this.transport = transport;
        this.queue = new SendQueue(settings.queueBytes());
        this.dialogue = new ClientDialogue(
                url,
                "publish",
                settings.startTimeout(),
                ChunkLimits.COMMANDS,
                loop,
                random,
                transport,
                listener,
                new Publisher());
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
        if (dialogue.isLive()) {
            dialogue.call(FC_UNPUBLISH, "FCUnpublish", new AmfValue.Str(url.name()));
        }
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
                    case MessageType.AUDIO -> new Audio(messageStreamId, tag.timestampMs(), tag.payload());
                    case MessageType.VIDEO -> new Video(messageStreamId, tag.timestampMs(), tag.payload());
                    default -> new Data(messageStreamId, tag.type(), tag.timestampMs(), tag.payload());
                });
    }

    private final class Publisher implements ClientRole {
        @Override
        public void describe(AmfObject.Builder connect) {
            connect.put("type", "nonprivate").put("flashVer", CLIENT_VERSION);
        }

        @Override
        public void onAccepted() {
            AmfValue name = new AmfValue.Str(url.name());
            dialogue.send(new SetChunkSize(CHUNK_BYTES));
            dialogue.call(RELEASE_STREAM, "releaseStream", name);
            dialogue.call(FC_PUBLISH, "FCPublish", name);
        }

        @Override
        public void onStream(int newMessageStreamId) {
            messageStreamId = newMessageStreamId;
            dialogue.send(new Command(
                    messageStreamId,
                    "publish",
                    PUBLISH,
                    new AmfValue.Null(),
                    new AmfValue.Str(url.name()),
                    new AmfValue.Str(PUBLISHING_TYPE)));
        }

        @Override
        public boolean isConsent(StatusReport status) {
            return status.code().equals(NetStatus.PUBLISH_START.code());
        }

        @Override
        public void onLive() {
            drain();
        }

        @Override
        public void onMessage(RtmpMessage message) {
            // Who publishes wants nothing of the server.
        }

        /** releaseStream and FCPublish are courtesies that a server needn't know. */
        @Override
        public boolean isCourtesy(double transactionId) {
            return transactionId == RELEASE_STREAM || transactionId == FC_PUBLISH;
        }
    }
}
