package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;

/** The face of a session (RFC 7016 §3.5), from the moment that it is open. On the loop of its endpoint. */
public interface Session {
    SessionState state();

    /** Whether this end opened it. */
    boolean isInitiator();

    /** Where packets go now; changes when the far end is proven to have moved (RFC 7016 §3.5.3). */
    InetSocketAddress farAddress();

    FarCertificate farCertificate();

    /** The far end's far nonce. */
    Bytes nearNonce();

    Bytes farNonce();

    /** To be set when the session is announced; until then its events are lost and its flows rejected. */
    void listener(SessionListener listener);

    /**
     * Opens a sending flow. If the session is not open, the flow is closed from the beginning.
     *
     * @throws IllegalStateException if there are as many as {@code FlowLimits.sendFlows} allows
     * @throws IllegalArgumentException if the metadata are longer than {@code FlowLimits.metadataBytes}
     */
    SendFlow openFlow(Bytes metadata, Priority priority, SendFlowListener listener);

    /** As {@link #openFlow}, and tells the far end that it answers {@code inReturnTo}, a flow of this session. */
    SendFlow openReturnFlow(RecvFlow inReturnTo, Bytes metadata, Priority priority, SendFlowListener listener);

    /** Tells the far end that somebody wants to open a session to it (RFC 7016 §3.5.1.5). */
    void forward(ForwardedInitiatorHello hello);

    /** Asks the far end for a sign of life; {@code onReply} runs when it comes, or never. */
    void ping(Runnable onReply);

    /** Pings after each {@code period} without a packet from the far end; at least a second. */
    void keepalive(Duration period);

    /** Smoothed round-trip time, zero before the first measurement. */
    Duration roundTripTime();

    SessionStats stats();

    /** Ends all flows and the session in an orderly way (RFC 7016 §3.5.5). */
    void close();

    /** Tells the far end once and forgets the session. */
    void abort();
}
