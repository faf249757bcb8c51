package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import lancaster.rtmfp.packet.InitiatorHello;

/** What an endpoint tells its owner, on the loop. */
public interface EndpointListener {
    /** A far end opened a session; its {@link SessionListener} is to be set before this returns. */
    void onSession(Session session);

    /**
     * Somebody looks for another endpoint than this one. An introducer answers with {@link RtmfpEndpoint#redirect} and
     * {@link Session#forward}; others need not answer (RFC 7016 §3.5.1.4, §3.5.1.5). Anybody can make this happen as
     * often as the network carries it.
     */
    default void onHelloForAnother(InitiatorHello hello, InetSocketAddress from) {}

    /** A listener of {@code session} threw something, which ended the session. */
    default void onFailure(Session session, RuntimeException failure) {}
}
