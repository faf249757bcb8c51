package lancaster.rtmp.session;

/** Whom a session asks when a client wants to publish. */
@FunctionalInterface
public interface PublishHandler {
    /** On the session's loop; {@code reply} may be used now or later, on that loop, once. */
    void publish(PublishRequest request, PublishReply reply);
}
