package lancaster.stream;

/** What happens when a second publisher comes for a name that is in use. */
public enum SecondPublisher {
    /** The newer one wins at once. */
    TAKEOVER,
    /** The newer one is refused unless the present one has fallen silent. */
    REJECT
}
