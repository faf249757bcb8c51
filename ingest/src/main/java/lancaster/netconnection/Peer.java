package lancaster.netconnection;

import java.time.Duration;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcPeerSession;
import lancaster.rtmfp.tc.TcPeerStream;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.session.Deadline;

/** Another client with which there is a session, and what is played between both. Owner: the loop of the connection. */
final class Peer implements TcPeerSession.Owner {
    /** For whoever opens a session, to say what it wants. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** For the last words of a stream to arrive. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final Peers peers;
    private final TcPeerSession session;
    private final Deadline deadline;
    private int uses;

    Peer(Peers peers, Session session, NetConnection connection) {
        this.peers = peers;
        this.deadline = new Deadline(connection.loop());
        session.keepalive(connection.peerKeepalive());
        this.session = new TcPeerSession(session, connection.settings().messages(), connection.loop(), this);
        deadline.set(PATIENCE, session::close);
    }

    PeerId id() {
        return session().farCertificate().peerId();
    }

    Session session() {
        return session.session();
    }

    /** Whether something is played between both. */
    boolean isInUse() {
        return uses > 0;
    }

    void use() {
        uses++;
    }

    void release() {
        uses--;
    }

    /** Asks for a stream. */
    TcPeerStream ask(int messageStreamId, TcPeerStream.Listener listener) {
        deadline.cancel();
        return session.ask(messageStreamId, listener);
    }

    @Override
    public void onAsked(TcPeerStream stream) {
        deadline.cancel();
        stream.listener(new Asking(stream));
    }

    @Override
    public void onVacant() {
        deadline.set(LINGER, session()::close);
    }

    @Override
    public void onClosed(CloseReason reason) {
        deadline.cancel();
        peers.onClosed(this);
    }

    static String text(CloseReason reason) {
        return switch (reason) {
            case FAR_SILENT -> "the peer doesn't answer any more";
            case FAR_CLOSED, FAR_ABORTED, OVERRIDDEN -> "the peer closed the session";
            case IDLE, NEAR_CLOSED, ENDPOINT_CLOSED -> "the session is closed";
        };
    }

    /** A stream of which the peer hasn't said yet which one it shall be. */
    private final class Asking implements TcPeerStream.Listener {
        private final TcPeerStream stream;
        private final Deadline patience;

        Asking(TcPeerStream stream) {
            this.stream = stream;
            this.patience = new Deadline(peers.loop());
            patience.set(PATIENCE, () -> stream.refuse(Refusal.NOT_FOUND.code()));
        }

        @Override
        public void onMessage(RtmpMessage message) {
            if (message instanceof Command command && command.name().equals("play")) {
                patience.cancel();
                stream.listener(TcPeerStream.Listener.NONE);
                peers.onPlay(Peer.this, stream, command.string(1).orElse(""));
            }
        }

        @Override
        public void onEnd() {
            patience.cancel();
        }

        @Override
        public void onLost(CloseReason reason) {
            patience.cancel();
        }
    }
}
