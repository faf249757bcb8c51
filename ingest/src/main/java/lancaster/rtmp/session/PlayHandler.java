package lancaster.rtmp.session;

/** Whom a session asks when a client wants to play. */
@FunctionalInterface
public interface PlayHandler {
    /** On the session's loop; {@code reply} may be used now or later, on that loop, once. */
    void play(PlayRequest request, PlayReply reply);
}
