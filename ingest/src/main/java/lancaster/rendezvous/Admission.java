package lancaster.rendezvous;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Whom a server serves: those of certain addresses, and holders of a key. On the loop. */
public interface Admission {
    /** For servers that serve everybody. */
    Admission EVERYBODY = new Admission() {
        @Override
        public Optional<String> refusal(InetAddress from, List<String> keys) {
            return Optional.empty();
        }

        @Override
        public boolean isNear(InetAddress from) {
            return true;
        }
    };

    /** Why a client that shows these keys isn't served, in a sentence for it; empty where it is. */
    Optional<String> refusal(InetAddress from, List<String> keys);

    /** Whether who comes from there is served without a key, and may look for peers without a connection. */
    boolean isNear(InetAddress from);
}
