package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.List;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.PeerAddress;

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

    /** The far end of a session passes on who looks for another endpoint than this one. */
    default void onForwardedHelloForAnother(ForwardedInitiatorHello hello, Session by) {}

    /** Where else somebody is to be sent who looks for this end (RFC 7016 §3.5.1.4); nowhere, and it is served here. */
    default List<PeerAddress> elsewhere(InetSocketAddress from) {
        return List.of();
    }

    /** A listener of {@code session} threw something, which ended the session. */
    default void onFailure(Session session, RuntimeException failure) {}
}
