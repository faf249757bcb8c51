package lancaster.rendezvous;

import java.net.InetSocketAddress;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.PeerAddress;

/** Sends Responder Redirects (RFC 7016 §2.3.5). */
@FunctionalInterface
public interface Redirects {
    /** Tells whoever asked from {@code to} with this tag where else to ask. */
    void send(Bytes tag, InetSocketAddress to, List<PeerAddress> destinations);
}
