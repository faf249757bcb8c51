package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import lancaster.rtmfp.flow.RecvFlow;

/** What a session tells its owner, on the loop. Nothing comes after {@code onClosed}. */
public interface SessionListener {
    /** The far end opened {@code flow}, which is to be accepted or rejected before this returns. */
    void onFlow(RecvFlow flow);

    /** The far end moved (RFC 7016 §3.5.3). */
    default void onAddressChanged(InetSocketAddress from, InetSocketAddress to) {}

    /** The session left the state OPEN; its flows were told before. */
    void onClosed(CloseReason reason);
}
