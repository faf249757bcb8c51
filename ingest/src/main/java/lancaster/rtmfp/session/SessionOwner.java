package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;

/** What a session tells its endpoint. */
interface SessionOwner {
    void onMoved(OpenSession session, InetSocketAddress from, InetSocketAddress to);

    void onForwardedHello(OpenSession session, ForwardedInitiatorHello hello);

    /** The session is over, and its session ID free. */
    void onEnded(OpenSession session);
}
