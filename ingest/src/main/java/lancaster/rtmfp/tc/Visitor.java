package lancaster.rtmfp.tc;

import java.util.List;
import java.util.Optional;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.PeerId;

/** A client of a server that introduces its clients to each other: what it may, and its place among them. */
interface Visitor {
    /** For clients that are served and that nobody introduces. */
    Visitor NONE = new Visitor() {
        @Override
        public Optional<String> refusal(List<String> keys) {
            return Optional.empty();
        }

        @Override
        public boolean report(List<String> addresses) {
            return false;
        }

        @Override
        public Optional<String> becomePartner() {
            return Optional.of("clients are not introduced to each other here");
        }

        @Override
        public Optional<PeerId> peerId() {
            return Optional.empty();
        }

        @Override
        public PeerNames names() {
            return PeerNames.NONE;
        }

        @Override
        public void moved() {}

        @Override
        public void leave() {}
    };

    /** Why it isn't served, whatever it wants, if it shows these keys; empty where it is, from now on. */
    Optional<String> refusal(List<String> keys);

    /** It tells the addresses of its interfaces (RFC 7425 §5.3.5). Whether it is introduced from now on. */
    boolean report(List<String> addresses);

    /** It is another server, and wants its clients introduced to ours. Why not; empty where they are from now on. */
    Optional<String> becomePartner();

    /** As whom it has proven itself; empty where nobody introduces it. */
    Optional<PeerId> peerId();

    /** The names that it may use. */
    PeerNames names();

    /** Its packets come from elsewhere now. */
    void moved();

    void leave();
}
