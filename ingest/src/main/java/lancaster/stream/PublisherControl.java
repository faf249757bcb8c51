package lancaster.stream;

/** How a stream tells its publisher's session that it is over; implemented by the session, called from any thread. */
@FunctionalInterface
public interface PublisherControl {
    void close(CloseReason reason);
}
