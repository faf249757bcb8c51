package lancaster.rtmfp.session;

/** How an opening ended, on the loop; one of both, once. */
public interface OpenListener {
    /**
     * Whom to set a {@link SessionListener} on. If there was a session with that far end already, or it opened one at the
     * same time and prevailed (RFC 7016 §3.5.1.3), this is that one, and its listener may be set.
     */
    void onOpen(Session session);

    void onFailed(OpenFailure failure);
}
