package lancaster.netconnection;

import java.net.InetSocketAddress;
import java.time.Duration;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.tc.TcMessage;
import lancaster.rtmfp.tc.TcPeerStream;
import lancaster.rtmfp.tc.Worth;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.message.RtmpMessage.UserControl;

/**
 * A peer that plays a {@link DirectStream}, as its publisher sees it: one of {@code peerStreams}. It gets sound from the
 * first moment and pictures from the next key frame on. Owner: the loop of the connection.
 */
public final class Subscriber implements NetStream {
    /** What may be under way to the peer; a key frame that finds more waits for the next. */
    private static final long MAX_BUFFERED_BYTES = 1 << 20;

    private final DirectStream publication;
    private final Peer peer;
    private final TcPeerStream stream;
    private final String name;
    private final long sinceNs;
    private boolean accepted;
    private boolean audio = true;
    private boolean video = true;
    private boolean paused;
    private boolean waitsForKey = true;
    /** Whether it has got a picture. */
    private boolean begun;

    private boolean over;
    private long timestampMs;
    private long sentMessages;
    private long sentBytes;
    private long droppedMessages;

    Subscriber(DirectStream publication, Peer peer, TcPeerStream stream, String name) {
        this.publication = publication;
        this.peer = peer;
        this.stream = stream;
        this.name = name;
        this.sinceNs = publication.connection().loop().nowNs();
    }

    @Override
    public NetConnection connection() {
        return publication.connection();
    }

    public PeerId farID() {
        return peer.id();
    }

    public Bytes nearNonce() {
        return stream.session().nearNonce();
    }

    public Bytes farNonce() {
        return stream.session().farNonce();
    }

    public InetSocketAddress farAddress() {
        return stream.session().farAddress();
    }

    /** What it asked for, by which it may have said more than the stream's name. */
    public String name() {
        return name;
    }

    public SubscriberStats stats() {
        return new SubscriberStats(
                Duration.ofNanos(connection().loop().nowNs() - sinceNs),
                sentMessages,
                sentBytes,
                droppedMessages + stream.lateMessages(),
                stream.bufferedBytes(),
                stream.session().roundTripTime(),
                stream.session().stats().lostFragments());
    }

    @Override
    public void send(String handler, AmfValue... values) {
        RawMessage message = Outgoing.data(stream.messageStreamId(), timestampMs, handler, values);
        write(message, TcMessage.write(message));
    }

    /** Ends it for this peer. */
    @Override
    public void close() {
        leave("closed by the publisher");
    }

    /** It may play: what it gets first. */
    void begin(StreamHeaders headers, boolean audioReliable) {
        accepted = true;
        stream.listener(new Wishes());
        stream.audioReliable(audioReliable);
        stream.send(UserControl.streamBegin(stream.messageStreamId()));
        stream.send(NetStatus.PLAY_RESET.onStatus(stream.messageStreamId(), "playing " + publication.name()));
        stream.send(NetStatus.PLAY_START.onStatus(stream.messageStreamId(), "playing " + publication.name()));
        send("|RtmpSampleAccess", new AmfValue.Bool(true), new AmfValue.Bool(true));
        for (RawMessage message : headers.all()) {
            write(message, TcMessage.write(message));
        }
    }

    void audioReliable(boolean reliable) {
        stream.audioReliable(reliable);
    }

    /** Sends it, if this peer wants and can take it. */
    void offer(RawMessage message, Bytes bytes) {
        timestampMs = message.timestampMs();
        if (wants(message)) {
            write(message, bytes);
        }
    }

    private boolean wants(RawMessage message) {
        return switch (Worth.of(message)) {
            case ESSENTIAL -> true;
            case SOUND -> audio && !paused;
            case KEY -> video && !paused && takesKey();
            case INTER -> video && !paused && takesInter();
        };
    }

    private boolean takesKey() {
        boolean takes = stream.bufferedBytes() <= MAX_BUFFERED_BYTES;
        droppedMessages += takes ? 0 : 1;
        waitsForKey = !takes;
        begun |= takes;
        return takes;
    }

    private boolean takesInter() {
        droppedMessages += begun && waitsForKey ? 1 : 0;
        return !waitsForKey;
    }

    private void write(RawMessage message, Bytes bytes) {
        if (!over) {
            sentMessages++;
            sentBytes += bytes.length();
            stream.write(message, bytes);
        }
    }

    /** The publisher has no more of it. */
    void unpublish() {
        int id = stream.messageStreamId();
        stream.send(NetStatus.PLAY_UNPUBLISH_NOTIFY.onStatus(id, publication.name() + " is published no more"));
        stream.send(UserControl.streamEof(id));
        leave("the publisher closed the stream");
    }

    private void leave(String why) {
        if (!over && accepted) {
            over = true;
            stream.close();
            publication.onLeft(this, peer, why);
        }
    }

    /** What the peer wishes of the stream that it plays. */
    private final class Wishes implements TcPeerStream.Listener {
        @Override
        public void onMessage(RtmpMessage message) {
            if (message instanceof Command command) {
                switch (command.name()) {
                    case "receiveAudio" -> audio = flag(command);
                    case "receiveVideo" -> {
                        waitsForKey |= !video;
                        video = flag(command);
                    }
                    case "pause" -> pause(flag(command));
                    case "closeStream", "deleteStream" -> leave("the peer closed the stream");
                    default -> {
                        // Of nothing else does a live stream take notice.
                    }
                }
            }
        }

        @Override
        public void onRefused(long code) {
            leave("the peer closed the stream");
        }

        @Override
        public void onEnd() {
            leave("the peer closed the stream");
        }

        @Override
        public void onLost(CloseReason reason) {
            leave(Peer.text(reason));
        }
    }

    private void pause(boolean flag) {
        paused = flag;
        waitsForKey = true;
        NetStatus status = flag ? NetStatus.PAUSE_NOTIFY : NetStatus.UNPAUSE_NOTIFY;
        stream.send(status.onStatus(stream.messageStreamId(), flag ? "paused" : "going on"));
    }

    private static boolean flag(Command command) {
        return command.arguments().size() > 1
                && command.arguments().get(1) instanceof AmfValue.Bool flag
                && flag.value();
    }
}
