package lancaster.rtmfp.flow;

import lancaster.bytes.Bytes;

/** What a receiving flow delivers, on the loop. Nothing comes after {@code onComplete}, {@code onSessionEnd} or a rejection. */
public interface RecvFlowListener {
    void onMessage(Bytes message);

    /** The sender abandoned something here, between the messages before and after (RFC 7016 §3.6.1.2). Original order only. */
    default void onGap() {}

    /** The sender closed the flow and everything was delivered. */
    default void onComplete() {}

    /** The session ended before the flow did. */
    default void onSessionEnd() {}
}
