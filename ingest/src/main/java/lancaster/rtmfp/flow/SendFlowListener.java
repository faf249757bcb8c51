package lancaster.rtmfp.flow;

/** What a sending flow tells its writer, on the loop. */
public interface SendFlowListener {
    /** For writers that need not know. */
    SendFlowListener NONE = new SendFlowListener() {};

    /** The queue has fallen below {@link SendFlow#writableBelow}. */
    default void onWritable() {}

    /** The far end rejected the flow (RFC 7016 §3.6.2.10), which is closed now. 0 if not its application but its RTMFP did. */
    default void onException(long exceptionCode) {}

    /** The flow was closed, and the far end has everything that was not abandoned. */
    default void onComplete() {}

    /** The session ended before the flow did. */
    default void onSessionEnd() {}
}
