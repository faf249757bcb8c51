package lancaster.republish;

import java.time.Instant;
import java.util.Optional;
import lancaster.rtmp.session.RelayStats;
import lancaster.stream.StreamPath;

/**
 * How one target of a stream does, as of the last second.
 *
 * @param path of the stream
 * @param id tells it from all others as long as it is there
 * @param target its address, without the key
 * @param since when it came into this state
 * @param reason why it isn't published there, or how it failed last; empty if it never did
 * @param attempts connections that were tried
 * @param publications how many of them the server consented to
 * @param retryMs until the next attempt, while it waits for that
 * @param counters of all connections together
 */
public record TargetStats(
        StreamPath path,
        long id,
        String target,
        State state,
        Instant since,
        Optional<String> reason,
        long attempts,
        long publications,
        Optional<Long> retryMs,
        RelayStats counters) {
    public enum State {
        /** On the way to the server's consent. */
        CONNECTING,
        /** The server takes the stream. */
        PUBLISHING,
        /** Failed; tries again after a while. */
        WAITING,
        /** By hand, until it is started or the gateway restarts. */
        STOPPED,
        /** The stream is over. */
        ENDED
    }
}
