package lancaster.rtmp.session;

import lancaster.amf.AmfObject;
import lancaster.rtmp.message.RtmpMessage;

/** What a client wants of a connection: to publish or to play. */
interface ClientRole {
    /** Completes the object that {@code connect} sends (§7.2.1.1). */
    void describe(AmfObject.Builder connect);

    /** The connection is accepted; {@code createStream} is sent behind what is sent now. */
    void onAccepted();

    /** There is a message stream: asks for what it wants. */
    void onStream(int messageStreamId);

    /** Whether {@code status} is the server's consent. */
    boolean isConsent(StatusReport status);

    /** The server has consented. */
    void onLive();

    /** A message that isn't part of the dialogue. */
    void onMessage(RtmpMessage message);

    /** Whether a refusal of this call doesn't matter. */
    boolean isCourtesy(double transactionId);
}
