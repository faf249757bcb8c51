package lancaster.rtmp.session;

/** What becomes of an {@link RtmpClientSession}; called on its loop. */
public interface RtmpClientListener {
    /** The server says that it is a Lancaster; {@link #onStarted} may follow. */
    default void onLancaster() {}

    /** The server takes media from now on. */
    void onStarted();

    /** The server reports something else. */
    default void onStatus(StatusReport status) {}

    /** The server reports an error, as it does where it refuses; {@link #onClosed} follows. */
    default void onRefused(StatusReport status) {}

    /** The connection is over, for whatever reason; nothing follows. */
    void onClosed(String why);
}
