package lancaster.netconnection;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvMessage;
import lancaster.rtmfp.tc.TcMessage;
import lancaster.rtmfp.tc.TcPeerStream;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.NetStatus;

/**
 * A stream for peers, each of which plays it over a session of its own ({@code NetStream.DIRECT_CONNECTIONS}): it is
 * published once, and what the first peer gets the last one gets as well. No server carries it. Owner: the loop of the
 * connection.
 */
public final class DirectStream implements NetStream {
    private static final String SET_DATA_FRAME = "@setDataFrame";
    private static final String CLEAR_DATA_FRAME = "@clearDataFrame";

    private final NetConnection connection;
    private final Peers peers;
    private final NetStreamListener listener;
    private final StreamHeaders headers = new StreamHeaders();
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private String name = "";
    private boolean audioReliable = true;
    private boolean over;
    private long timestampMs;

    DirectStream(NetConnection connection, Peers peers, NetStreamListener listener) {
        this.connection = connection;
        this.peers = peers;
        this.listener = listener;
    }

    @Override
    public NetConnection connection() {
        return connection;
    }

    /** Empty before it is published. */
    public String name() {
        return name;
    }

    /**
     * Lets peers play it under this name, from now on: {@link NetStreamListener#onPeerConnect} is asked for each.
     *
     * @throws IllegalStateException if it is published or closed, or another one is published under that name
     */
    public void publish(String newName) {
        if (over || !name.isEmpty()) {
            throw new IllegalStateException(over ? "the stream is closed" : "it is published as " + name);
        }
        if (newName.isEmpty()) {
            throw new IllegalArgumentException("a stream needs a name");
        }
        peers.publish(newName, this);
        name = newName;
        listener.onNetStatus(NetStatusEvent.of(NetStatus.PUBLISH_START, "published as " + newName));
    }

    /** Sends sound, a picture or data to all who play it. */
    public void append(FlvMessage message) {
        timestampMs = message.timestampMs();
        RawMessage raw = new RawMessage(message.type(), 0, message.timestampMs(), message.payload());
        if (message.type() == FlvMessage.DATA) {
            Incoming.data(message.type(), message.payload(), (handler, values) -> keep(handler, raw));
        }
        headers.onMessage(raw);
        offer(raw);
    }

    /** {@code onMetaData} stands in files as what {@code @setDataFrame} sets. */
    private void keep(String handler, RawMessage message) {
        if (handler.equals("onMetaData")) {
            headers.metadata(Optional.of(message));
        }
    }

    @Override
    public void send(String handler, AmfValue... values) {
        if (handler.equals(SET_DATA_FRAME) && values.length > 0) {
            AmfValue[] rest = java.util.Arrays.copyOfRange(values, 1, values.length);
            RawMessage frame =
                    Outgoing.data(0, timestampMs, values[0].asString().orElse("onMetaData"), rest);
            headers.metadata(Optional.of(frame));
            offer(frame);
        } else if (handler.equals(CLEAR_DATA_FRAME)) {
            headers.metadata(Optional.empty());
        } else {
            offer(Outgoing.data(0, timestampMs, handler, values));
        }
    }

    private void offer(RawMessage message) {
        Bytes bytes = TcMessage.write(message);
        List.copyOf(subscribers).forEach(subscriber -> subscriber.offer(message, bytes));
    }

    /** Who plays it now. */
    public List<Subscriber> peerStreams() {
        return List.copyOf(subscribers);
    }

    /** Whether sound that gets lost on its way is sent again. It is unless said otherwise, as long as it isn't late. */
    public void audioReliable(boolean reliable) {
        audioReliable = reliable;
        subscribers.forEach(subscriber -> subscriber.audioReliable(reliable));
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            peers.unpublish(name, this);
            List.copyOf(subscribers).forEach(Subscriber::unpublish);
        }
    }

    /** A peer wants to play it. */
    void onPlay(Peer peer, TcPeerStream stream, String wish) {
        Subscriber subscriber = new Subscriber(this, peer, stream, wish);
        if (!listener.onPeerConnect(subscriber)) {
            stream.refuse(Refusal.UNWANTED.code());
            return;
        }
        if (over) {
            stream.refuse(Refusal.NOT_FOUND.code());
            return;
        }
        subscribers.add(subscriber);
        peer.use();
        subscriber.begin(headers, audioReliable);
        connection.tell(NetStatus.STREAM_CONNECT_SUCCESS, "peer " + peer.id() + " plays " + name, subscriber);
    }

    void onLeft(Subscriber subscriber, Peer peer, String why) {
        if (subscribers.remove(subscriber)) {
            peer.release();
            NetStatusEvent event = connection.tell(NetStatus.STREAM_CONNECT_CLOSED, why, subscriber);
            listener.onNetStatus(event);
        }
    }
}
