package lancaster.rtmfp.flow;

/**
 * How long a message is worth sending (RFC 7016 §3.6.2.7), in times of the loop's clock.
 *
 * @param startByNs given up if none of it was sent by then
 * @param finishByNs given up if not all of it was acknowledged by then
 * @param sentOnce given up when a part of it got lost, instead of being sent again
 */
public record WriteOptions(long startByNs, long finishByNs, boolean sentOnce) {
    public static final long NEVER = Long.MAX_VALUE;

    /** Sent again until it arrived or its flow ends. */
    public static final WriteOptions RELIABLE = new WriteOptions(NEVER, NEVER);

    public WriteOptions(long startByNs, long finishByNs) {
        this(startByNs, finishByNs, false);
    }

    public static WriteOptions startBy(long startByNs) {
        return new WriteOptions(startByNs, NEVER);
    }

    public static WriteOptions finishBy(long finishByNs) {
        return new WriteOptions(NEVER, finishByNs);
    }

    /** The same, but never sent again. */
    public WriteOptions once() {
        return new WriteOptions(startByNs, finishByNs, true);
    }
}
