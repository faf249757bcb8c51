package lancaster.rtmp.session;

import java.time.Duration;
import java.util.Objects;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvMessage;
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
import org.jspecify.annotations.Nullable;

/** A stream that a server of RTMP is asked to take (§7.2.2.6). Owner: the connection's loop. */
public final class RtmpPublishLink implements PublishLink, ClientEnd {
    /** What publishers say that they are. */
    public static final String CLIENT_VERSION = "FMLE/3.0 (compatible; Lancaster)";

    /** Whole frames in a chunk: headers between are work for both sides. */
    static final int CHUNK_BYTES = 64 << 10;

    /** The publishing types: {@code live} is not recorded. */
    private static final String PUBLISHING_TYPE = "live";

    private static final int RELEASE_STREAM = 2;
    private static final int FC_PUBLISH = 3;
    private static final int PUBLISH = 5;
    private static final int FC_UNPUBLISH = 6;

    private final RtmpUrl url;
    private final ClientLink link;
    private final ClientDialogue dialogue;
    private @Nullable Owner owner;
    private int messageStreamId;

    /** @param startTimeout from the connection to the server's consent */
    public RtmpPublishLink(
            RtmpUrl url, Duration startTimeout, RunLoop loop, ClientLink link, RtmpClientListener listener) {
        this.url = url;
        this.link = link;
        this.dialogue = new ClientDialogue(
                url, "publish", startTimeout, ChunkLimits.COMMANDS, loop, link, listener, new Publisher());
        link.attach(this);
    }

    @Override
    public void attach(Owner its) {
        owner = its;
    }

    private Owner owner() {
        return Objects.requireNonNull(owner);
    }

    @Override
    public boolean isLive() {
        return dialogue.isLive();
    }

    @Override
    public boolean isClosed() {
        return dialogue.isClosed();
    }

    @Override
    public void send(FlvMessage tag) {
        dialogue.send(
                switch (tag.type()) {
                    case MessageType.AUDIO -> new Audio(messageStreamId, tag.timestampMs(), tag.payload());
                    case MessageType.VIDEO -> new Video(messageStreamId, tag.timestampMs(), tag.payload());
                    default -> new Data(messageStreamId, tag.type(), tag.timestampMs(), tag.payload());
                });
    }

    @Override
    public void send(MediaBatch batch) {
        link.send(batch, messageStreamId);
    }

    @Override
    public long pendingBytes() {
        return link.pendingBytes();
    }

    @Override
    public void flush() {
        link.flush();
    }

    @Override
    public void fail(String why) {
        dialogue.fail(why);
    }

    @Override
    public void close() {
        if (dialogue.isLive()) {
            dialogue.call(FC_UNPUBLISH, "FCUnpublish", new AmfValue.Str(url.name()));
        }
        dialogue.close();
    }

    @Override
    public void onConnected() {
        dialogue.onConnected();
    }

    @Override
    public void onWritable() {
        owner().onWritable();
    }

    @Override
    public void onFault(String why) {
        dialogue.fail(why);
    }

    @Override
    public void onClosed(String why) {
        owner().onClosed();
        dialogue.onClosed(why);
    }

    /** What it asks for, and how. */
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
            owner().onLive();
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
