package lancaster.rtmp.session;

/**
 * How a client fares.
 *
 * @param sentMessages media messages given to the socket
 * @param queuedBytes media that waits
 * @param cuts how often waiting media was cut back
 * @param droppedUnits access units dropped by that
 */
public record RtmpClientStats(long sentMessages, int queuedBytes, long cuts, long droppedUnits) {}
