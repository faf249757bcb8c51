package lancaster.pull;

import java.time.Instant;
import java.util.Optional;
import lancaster.stream.StreamPath;

/**
 * How the fetching of a stream goes, as of the last second.
 *
 * @param path of the stream here
 * @param source its address, without keys
 * @param protocol {@code "rtmp"}, {@code "rtmps"} or {@code "hls"}
 * @param since when it came into this state
 * @param reason why it isn't live, or why it wasn't last; empty if it always was
 * @param attempts connections that were tried
 * @param successes how many of them gave media
 * @param retryMs until the next attempt, while it waits for that
 * @param accessUnits that came
 * @param bytes of them
 * @param bufferedMs that is there and not yet due
 * @param interruptions of a stream that was live: what should have been there was not
 */
public record PullStats(
        StreamPath path,
        String source,
        String protocol,
        State state,
        Instant since,
        Optional<String> reason,
        long attempts,
        long successes,
        Optional<Long> retryMs,
        long accessUnits,
        long bytes,
        long bufferedMs,
        long interruptions) {
    public enum State {
        CONNECTING,
        /** Media come. */
        LIVE,
        /** Failed; tries again after a while. */
        WAITING,
        /** Not fetched any more. */
        ENDED
    }
}
