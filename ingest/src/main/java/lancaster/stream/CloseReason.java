package lancaster.stream;

/**
 * Why a publication or a subscription was closed.
 *
 * @param description a sentence for people, without a full stop
 */
public record CloseReason(Kind kind, String description) {
    public enum Kind {
        /** A newer publisher took the name over. */
        SUPERSEDED,
        /** Somebody who manages the box closed it. */
        KICKED,
        /** The publisher breaks a setting of the stream, such as the GOP limit. */
        REFUSED,
        /** The stream is over. */
        ENDED,
        /** The subscriber did not keep up. */
        BEHIND,
        /** The owner of the subscription closed it. */
        UNSUBSCRIBED,
        /** Something of ours failed. */
        FAILED
    }
}
