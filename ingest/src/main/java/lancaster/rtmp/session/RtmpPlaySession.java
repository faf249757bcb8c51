package lancaster.rtmp.session;

import java.time.Duration;
import java.util.function.Consumer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvMessage;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.AggregateReader;
import lancaster.rtmp.message.MessageType;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Aggregate;
import lancaster.rtmp.message.RtmpMessage.Audio;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.Data;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessage.Video;
import lancaster.rtmp.message.RtmpMessage.WindowAckSize;
import lancaster.runloop.RunLoop;

/** The playing side of a connection (§7.2.2.1): asks for a stream and takes what comes of it. */
public final class RtmpPlaySession implements ClientEnd {
    /** What Flash's player on Linux said; some servers look at it. */
    public static final String CLIENT_VERSION = "LNX 9,0,124,2 (compatible; Lancaster)";

    private static final int PLAY = 5;
    /** Live, and where there is no live stream of that name a recorded one. */
    private static final int START_LIVE_OR_RECORDED = -2;
    /** How much a player holds, so that a server sends a recorded stream no faster (§7.1.7). */
    private static final Duration BUFFER = Duration.ofSeconds(3);

    private final RtmpUrl url;
    private final Consumer<FlvMessage> media;
    private final ClientDialogue dialogue;

    /**
     * @param startTimeout from the TCP connection to the server's consent
     * @param media takes the tags of the stream, as they come
     */
    public RtmpPlaySession(
            RtmpUrl url,
            Duration startTimeout,
            RunLoop loop,
            ClientLink link,
            RtmpClientListener listener,
            Consumer<FlvMessage> media) {
        this.url = url;
        this.media = media;
        this.dialogue =
                new ClientDialogue(url, "play", startTimeout, ChunkLimits.MEDIA, loop, link, listener, new Player());
        link.attach(this);
    }

    @Override
    public void onConnected() {
        dialogue.onConnected();
    }

    @Override
    public void onFault(String why) {
        dialogue.fail(why);
    }

    @Override
    public void onWritable() {
        // A player sends next to nothing.
    }

    @Override
    public void onClosed(String why) {
        dialogue.onClosed(why);
    }

    /** Says goodbye and ends. */
    public void close() {
        dialogue.close();
    }

    private final class Player implements ClientRole {
        @Override
        public void describe(AmfObject.Builder connect) {
            ClientCapabilities.describe(connect, CLIENT_VERSION);
        }

        @Override
        public void onAccepted() {
            dialogue.send(new WindowAckSize(ChunkLink.WINDOW_BYTES));
        }

        @Override
        public void onStream(int messageStreamId) {
            dialogue.send(UserControl.setBufferLength(messageStreamId, BUFFER.toMillis()));
            dialogue.send(new Command(
                    messageStreamId,
                    "play",
                    PLAY,
                    new AmfValue.Null(),
                    new AmfValue.Str(url.name()),
                    new AmfValue.Num(START_LIVE_OR_RECORDED)));
        }

        @Override
        public boolean isConsent(StatusReport status) {
            return status.code().equals(NetStatus.PLAY_START.code());
        }

        @Override
        public void onLive() {
            // What comes is taken as it comes.
        }

        @Override
        public void onMessage(RtmpMessage message) {
            if (message instanceof Video video) {
                take(MessageType.VIDEO, video.timestampMs(), video.payload());
            } else if (message instanceof Audio audio) {
                take(MessageType.AUDIO, audio.timestampMs(), audio.payload());
            } else if (message instanceof Data data) {
                take(data.typeId(), data.timestampMs(), data.payload());
            } else if (message instanceof Aggregate aggregate) {
                for (RawMessage tag : AggregateReader.read(aggregate)) {
                    take(tag.typeId(), tag.timestampMs(), tag.payload());
                }
            }
        }

        /** Some servers send media without a word of consent. */
        private void take(int typeId, long timestampMs, Bytes payload) {
            if (dialogue.isAsking()) {
                dialogue.becomeLive();
            }
            if (dialogue.isLive()) {
                media.accept(new FlvMessage(typeId, timestampMs, payload));
            }
        }

        @Override
        public boolean isCourtesy(double transactionId) {
            return false;
        }
    }
}
