package lancaster.rtmp.session;

/**
 * How a connection fares that sends a stream on.
 *
 * @param sentMessages media messages given to the socket
 * @param sentBytes of them, as chunks
 * @param queuedBytes what waits for the server
 * @param cuts how often that was thrown away
 * @param droppedMessages thrown away by that, and up to the next random access point
 */
public record RelayStats(long sentMessages, long sentBytes, long queuedBytes, long cuts, long droppedMessages) {
    public static final RelayStats NONE = new RelayStats(0, 0, 0, 0, 0);

    /** Both together. */
    public RelayStats plus(RelayStats other) {
        return new RelayStats(
                sentMessages + other.sentMessages,
                sentBytes + other.sentBytes,
                queuedBytes + other.queuedBytes,
                cuts + other.cuts,
                droppedMessages + other.droppedMessages);
    }
}
