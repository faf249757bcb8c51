package lancaster.netconnection;

import java.time.Duration;

/**
 * How a peer is served.
 *
 * @param connectedFor since it began to play
 * @param sentBytes of messages
 * @param droppedMessages pictures that weren't sent, or were given up, because the peer takes too little
 * @param bufferedBytes sent and not yet acknowledged
 * @param roundTripTime zero before it was measured
 * @param lostFragments of all that goes to the peer, since its session is open
 */
public record SubscriberStats(
        Duration connectedFor,
        long sentMessages,
        long sentBytes,
        long droppedMessages,
        long bufferedBytes,
        Duration roundTripTime,
        long lostFragments) {}
