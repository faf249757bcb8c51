package lancaster.netconnection;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Opening;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcPeerStream;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.session.Deadline;

/**
 * A stream that a peer publishes with {@link DirectStream} and that comes from it directly. The peer is found through the
 * server, or at addresses that are known. Owner: the loop of the connection.
 */
public final class PeerStream implements NetStream {
    static final String NO_ANSWER =
            "no answer from the peer: is it connected to the same server, and does the network let it through?";

    private enum State {
        NEW,
        ASKING,
        PLAYING,
        OVER
    }

    private final NetConnection connection;
    private final Peers peers;
    private final PeerId farID;
    private final NetStreamListener listener;
    private final Deadline deadline;
    private final List<Runnable> waiting = new ArrayList<>();
    private State state = State.NEW;
    private Optional<Opening> opening = Optional.empty();
    private Optional<Peer> peer = Optional.empty();
    private Optional<TcPeerStream> stream = Optional.empty();
    private int messageStreamId;

    PeerStream(NetConnection connection, Peers peers, PeerId farID, NetStreamListener listener) {
        this.connection = connection;
        this.peers = peers;
        this.farID = farID;
        this.listener = listener;
        this.deadline = new Deadline(connection.loop());
    }

    @Override
    public NetConnection connection() {
        return connection;
    }

    public PeerId farID() {
        return farID;
    }

    /** Of the session with the peer: its far nonce; nothing before there is one. */
    public Optional<Bytes> nearNonce() {
        return peer.map(its -> its.session().nearNonce());
    }

    public Optional<Bytes> farNonce() {
        return peer.map(its -> its.session().farNonce());
    }

    /** Where the peer was found; nothing before it was. */
    public Optional<InetSocketAddress> farAddress() {
        return peer.map(Peer::session).map(Session::farAddress);
    }

    /**
     * Plays what the peer publishes under this name. {@code NetStream.Connect.Success} and {@code NetStream.Play.Start}
     * follow, or within {@code peerTimeout} {@code NetStream.Connect.Failed}, {@code NetStream.Connect.Rejected} or {@code
     * NetStream.Play.StreamNotFound}; at last {@code NetStream.Connect.Closed}.
     */
    public void play(String name) {
        play(name, List.of());
    }

    /** @param addresses where the peer may be, besides what the server knows of it */
    public void play(String name, List<InetSocketAddress> addresses) {
        if (state != State.NEW) {
            throw new IllegalStateException("a stream from a peer plays once");
        }
        state = State.ASKING;
        connection.watch(this);
        List<InetSocketAddress> candidates = new ArrayList<>(addresses);
        connection.serverAddress().ifPresent(candidates::add);
        Optional<Integer> number = peers.takeNumber();
        if (number.isEmpty()) {
            fail(NetStatus.STREAM_CONNECT_FAILED, "too many streams are played from peers");
            return;
        }
        messageStreamId = number.get();
        deadline.set(connection.settings().peerTimeout(), () -> fail(NetStatus.STREAM_CONNECT_FAILED, silence()));
        opening = peers.open(farID, candidates, new Peers.Found() {
            @Override
            public void onPeer(Peer found) {
                ask(found, name);
            }

            @Override
            public void onFailed(String why) {
                fail(NetStatus.STREAM_CONNECT_FAILED, why);
            }
        });
    }

    private String silence() {
        return stream.isEmpty() ? NO_ANSWER : "the peer doesn't say whether it plays";
    }

    private void ask(Peer found, String name) {
        if (state == State.OVER) {
            return;
        }
        if (!peers.hasRoomFor(Optional.of(found))) {
            fail(NetStatus.STREAM_CONNECT_FAILED, "as many peers are connected as may be");
            return;
        }
        found.use();
        peer = Optional.of(found);
        stream = Optional.of(found.ask(messageStreamId, new Playing()));
        say(NetStatus.STREAM_CONNECT_SUCCESS, "connected to peer " + farID);
        command("play", new AmfValue.Str(name));
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    public void receiveAudio(boolean flag) {
        whenAsked(() -> command("receiveAudio", new AmfValue.Bool(flag)));
    }

    public void receiveVideo(boolean flag) {
        whenAsked(() -> command("receiveVideo", new AmfValue.Bool(flag)));
    }

    /** The publisher sends nothing until {@link #resume}. */
    public void pause() {
        whenAsked(() -> command("pause", new AmfValue.Bool(true)));
    }

    public void resume() {
        whenAsked(() -> command("pause", new AmfValue.Bool(false)));
    }

    @Override
    public void send(String handler, AmfValue... values) {
        whenAsked(() -> stream.ifPresent(its -> {
            var message = Outgoing.data(messageStreamId, 0, handler, values);
            its.write(message, lancaster.rtmfp.tc.TcMessage.write(message));
        }));
    }

    private void whenAsked(Runnable command) {
        if (stream.isPresent()) {
            command.run();
        } else if (state != State.OVER) {
            waiting.add(command);
        }
    }

    private void command(String name, AmfValue argument) {
        stream.ifPresent(its -> its.send(new Command(messageStreamId, name, 0, new AmfValue.Null(), argument)));
    }

    @Override
    public void close() {
        if (state != State.OVER) {
            leave();
        }
    }

    private final class Playing implements TcPeerStream.Listener {
        @Override
        public void onMessage(RtmpMessage message) {
            if (state == State.ASKING) {
                state = State.PLAYING;
                deadline.cancel();
            }
            Incoming.tell(message, listener);
        }

        @Override
        public void onRefused(long code) {
            Refusal refusal = Refusal.of(code);
            if (state == State.PLAYING) {
                fail(NetStatus.STREAM_CONNECT_CLOSED, "the peer closed the stream");
            } else {
                fail(refusal.status(), refusal.description());
            }
        }

        @Override
        public void onEnd() {
            fail(NetStatus.STREAM_CONNECT_CLOSED, "the peer closed the stream");
        }

        @Override
        public void onLost(CloseReason reason) {
            fail(NetStatus.STREAM_CONNECT_CLOSED, Peer.text(reason));
        }
    }

    private void fail(NetStatus status, String why) {
        if (state != State.OVER) {
            leave();
            say(status, why);
        }
    }

    private void say(NetStatus status, String description) {
        listener.onNetStatus(connection.tell(status, description, this));
    }

    private void leave() {
        state = State.OVER;
        deadline.cancel();
        waiting.clear();
        opening.ifPresent(Opening::cancel);
        connection.unwatch(this);
        stream.ifPresent(TcPeerStream::close);
        if (messageStreamId != 0) {
            peers.returnNumber(messageStreamId);
        }
        // Nonces and address stay known.
        if (stream.isPresent()) {
            peer.ifPresent(Peer::release);
        }
    }
}
