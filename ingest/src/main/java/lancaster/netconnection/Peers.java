package lancaster.netconnection;

import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.Opening;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcPeerSession;
import lancaster.rtmfp.tc.TcPeerStream;
import lancaster.runloop.RunLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All peers of a connection, and what is published for them. Owner: the loop of the connection. */
final class Peers implements EndpointListener {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    /** Sessions of peers past the limit that are told so; more are cut off. */
    private static final int MAX_SURPLUS = 8;
    /** Streams that are played here; librtmfp takes numbers of one byte. */
    private static final int MAX_NUMBER = 127;

    private final NetConnection connection;
    private final Map<Session, Peer> peers = new LinkedHashMap<>();
    private final Map<String, DirectStream> publications = new HashMap<>();
    private final BitSet numbers = new BitSet();
    private boolean closed;

    Peers(NetConnection connection) {
        this.connection = connection;
        numbers.set(0);
    }

    RunLoop loop() {
        return connection.loop();
    }

    @Override
    public void onSession(Session session) {
        int limit = connection.maxPeerConnections();
        if (closed || limit == 0 || peers.size() >= limit + MAX_SURPLUS) {
            session.abort();
        } else {
            var unused = of(session);
        }
    }

    @Override
    public void onFailure(Session session, RuntimeException failure) {
        LOG.error("rtmfp session failed remote={}", session.farAddress(), failure);
    }

    private Peer of(Session session) {
        Peer known = peers.get(session);
        if (known == null) {
            known = new Peer(this, session, connection);
            peers.put(session, known);
        }
        return known;
    }

    void onClosed(Peer peer) {
        peers.remove(peer.session());
    }

    /** Whether one more peer may be played from, or play from here. */
    boolean hasRoomFor(Optional<Peer> known) {
        if (known.filter(Peer::isInUse).isPresent()) {
            return true;
        }
        return peers.values().stream().filter(Peer::isInUse).count() < connection.maxPeerConnections();
    }

    private Optional<Peer> find(PeerId id) {
        return peers.values().stream().filter(peer -> peer.id().equals(id)).findFirst();
    }

    void publish(String name, DirectStream stream) {
        if (publications.putIfAbsent(name, stream) != null) {
            throw new IllegalStateException(name + " is published already");
        }
    }

    void unpublish(String name, DirectStream stream) {
        publications.remove(name, stream);
    }

    /** A peer wants to play {@code name}. */
    void onPlay(Peer peer, TcPeerStream stream, String name) {
        DirectStream publication = publications.get(name);
        if (closed || publication == null) {
            stream.refuse(Refusal.NOT_FOUND.code());
        } else if (!hasRoomFor(Optional.of(peer))) {
            stream.refuse(Refusal.FULL.code());
        } else {
            publication.onPlay(peer, stream, name);
        }
    }

    /** The message stream ID of a stream that is played here, or nothing if there are too many. */
    Optional<Integer> takeNumber() {
        int number = numbers.nextClearBit(1);
        if (number > MAX_NUMBER) {
            return Optional.empty();
        }
        numbers.set(number);
        return Optional.of(TcPeerSession.FIRST_STREAM_ID + number);
    }

    void returnNumber(int messageStreamId) {
        numbers.clear(messageStreamId - TcPeerSession.FIRST_STREAM_ID);
    }

    /** What becomes of the wish for a peer. */
    interface Found {
        void onPeer(Peer peer);

        void onFailed(String why);
    }

    /**
     * Gets a session with the peer: the one there is, or one that is opened through those addresses, which may be the
     * server's, who introduces.
     */
    Optional<Opening> open(PeerId id, List<InetSocketAddress> candidates, Found found) {
        Optional<Peer> known = find(id);
        if (known.isPresent()) {
            found.onPeer(known.get());
            return Optional.empty();
        }
        return Optional.of(
                connection.endpoint().open(EndpointDiscriminator.of(id).encoded(), candidates, new Opened(found)));
    }

    private final class Opened implements OpenListener {
        private final Found found;

        Opened(Found found) {
            this.found = found;
        }

        @Override
        public void onOpen(Session session) {
            if (connection.isServer(session)) {
                found.onFailed("the peer is the server");
            } else if (closed) {
                session.close();
            } else {
                found.onPeer(of(session));
            }
        }

        @Override
        public void onFailed(lancaster.rtmfp.session.OpenFailure failure) {
            found.onFailed(
                    switch (failure) {
                        case NO_ANSWER -> PeerStream.NO_ANSWER;
                        case NO_KEYS -> "the peer begins a handshake and doesn't end it";
                        case NOT_ACCEPTABLE -> "the peer has no keys of a kind that is understood here";
                        case TOO_MANY_SESSIONS -> "there are too many sessions";
                        case ENDPOINT_CLOSED -> "the endpoint is closed";
                    });
        }
    }

    /** Ends all that is published; sessions end behind their streams. */
    void close() {
        if (!closed) {
            closed = true;
            List.copyOf(publications.values()).forEach(DirectStream::close);
        }
    }
}
