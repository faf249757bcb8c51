package lancaster.rendezvous;

import java.net.InetSocketAddress;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;

/** The session of a client, as far as introducing it needs. On the loop. */
public interface Contact {
    PeerId peerId();

    /** Where its packets come from now. */
    InetSocketAddress address();

    /** Tells it that somebody seeks it (RFC 7016 §3.5.1.5). */
    void forward(ForwardedInitiatorHello hello);
}
