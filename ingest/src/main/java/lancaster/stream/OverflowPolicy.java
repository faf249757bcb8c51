package lancaster.stream;

/** What happens to a subscriber that doesn't keep up. The publisher and the other subscribers never notice. */
public enum OverflowPolicy {
    /** What is queued is thrown away and the subscriber goes on at the next random access point. */
    SKIP_TO_RANDOM_ACCESS_POINT,
    /** What is queued stays, what comes is thrown away up to the next random access point. */
    SPLIT,
    /** The subscription is closed. */
    DISCONNECT
}
