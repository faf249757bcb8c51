package lancaster.rtmfp.flow;

/** What becomes of a written message. */
public interface Receipt {
    enum Outcome {
        /** Not all of it was acknowledged yet. */
        PENDING,
        /** The far end has all of it; whether its application has, is not known. */
        DELIVERED,
        /** Given up, by deadline, by the writer or with its flow; it may have arrived all the same. */
        ABANDONED
    }

    Outcome outcome();

    /** Gives the message up; nothing happens if it is no longer pending. */
    void abandon();

    /** Calls {@code whenDecided} on the loop once the outcome is known; at once if it is. One listener; the last counts. */
    void onOutcome(Runnable whenDecided);
}
