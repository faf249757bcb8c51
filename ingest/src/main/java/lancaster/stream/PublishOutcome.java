package lancaster.stream;

/** What became of a wish to publish. */
public sealed interface PublishOutcome {
    record Accepted(Publication publication) implements PublishOutcome {}

    /** @param description a sentence for people, without a full stop */
    record Refused(Reason reason, String description) implements PublishOutcome {}

    enum Reason {
        /** Someone else publishes under this name. */
        BUSY,
        /** The gateway is going down. */
        CLOSING
    }
}
