package lancaster.rtmp.session;

import java.util.Objects;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.SetChunkSize;
import org.jspecify.annotations.Nullable;

/** Asks a server to take a stream, and says when there is no more of it (§7.2.2.6). */
final class PublishRole implements ClientRole {
    /** Whole frames in a chunk: headers between are work for both sides. */
    static final int CHUNK_BYTES = 64 << 10;

    /** The publishing types: {@code live} is not recorded. */
    private static final String PUBLISHING_TYPE = "live";

    private static final String CLIENT_VERSION = "FMLE/3.0 (compatible; Lancaster)";
    private static final int RELEASE_STREAM = 2;
    private static final int FC_PUBLISH = 3;
    private static final int PUBLISH = 5;
    private static final int FC_UNPUBLISH = 6;

    private final RtmpUrl url;
    private final Runnable onLive;
    private @Nullable ClientDialogue dialogue;
    private int messageStreamId;

    /** @param onLive media may be sent from now on */
    PublishRole(RtmpUrl url, Runnable onLive) {
        this.url = url;
        this.onLive = onLive;
    }

    /** Names the dialogue that this is a part of, once. */
    void bind(ClientDialogue its) {
        dialogue = its;
    }

    int messageStreamId() {
        return messageStreamId;
    }

    /** Before the goodbye. */
    void unpublish() {
        if (dialogue().isLive()) {
            dialogue().call(FC_UNPUBLISH, "FCUnpublish", new AmfValue.Str(url.name()));
        }
    }

    @Override
    public void describe(AmfObject.Builder connect) {
        connect.put("type", "nonprivate").put("flashVer", CLIENT_VERSION);
    }

    @Override
    public void onAccepted() {
        AmfValue name = new AmfValue.Str(url.name());
        dialogue().send(new SetChunkSize(CHUNK_BYTES));
        dialogue().call(RELEASE_STREAM, "releaseStream", name);
        dialogue().call(FC_PUBLISH, "FCPublish", name);
    }

    @Override
    public void onStream(int newMessageStreamId) {
        messageStreamId = newMessageStreamId;
        dialogue()
                .send(new Command(
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
        onLive.run();
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

    private ClientDialogue dialogue() {
        return Objects.requireNonNull(dialogue);
    }
}
