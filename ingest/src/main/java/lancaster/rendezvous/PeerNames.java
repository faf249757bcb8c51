package lancaster.rendezvous;

import java.time.Duration;
import lancaster.rtmfp.crypto.PeerId;

/** The names under which peers are found, for the connections of clients. On the loop, where the answers come too. */
public interface PeerNames {
    /** Where no names are kept. */
    PeerNames NONE = new PeerNames() {
        private static final String WHY = "no names of peers are kept here";

        @Override
        public void register(PeerId peer, String name, Duration lifetime, Answer answer) {
            answer.refused(WHY);
        }

        @Override
        public void unregister(PeerId peer, String name, Answer answer) {
            answer.refused(WHY);
        }

        @Override
        public void lookUp(String name, Answer answer) {
            answer.refused(WHY);
        }

        @Override
        public void forget(PeerId peer) {}
    };

    /**
     * A name and who is found under it.
     *
     * @param left for which it still holds
     */
    record Entry(String name, PeerId peerId, Duration left) {}

    /** What becomes of a call: one of both, once. */
    interface Answer {
        void found(Entry entry);

        /** @param why a sentence for who asked */
        void refused(String why);
    }

    /** Registers a name for a peer, or renews it. */
    void register(PeerId peer, String name, Duration lifetime, Answer answer);

    /** The peer gives a name of its own up. */
    void unregister(PeerId peer, String name, Answer answer);

    void lookUp(String name, Answer answer);

    /** The peer's connection is gone, and what it has registered goes with it. */
    void forget(PeerId peer);
}
