package lancaster.hls;

import java.time.Duration;
import java.util.Map;

/**
 * What is served of a stream from one change of its windows to the next.
 *
 * @param playlists finished answers by what is asked
 * @param video whether its segments have video
 * @param targetDuration EXT-X-TARGETDURATION
 * @param segmentLife how long a segment is loadable from its listing on
 * @param stats how the packaging goes
 * @param closed whether the stream is over and its playlists are withdrawn
 */
record HlsSnapshot(
        Map<HlsResource, HlsAnswer.Playlist> playlists,
        boolean video,
        Duration targetDuration,
        Duration segmentLife,
        HlsStats stats,
        boolean closed) {
    /** Nothing is listed yet, and soon something may be. */
    static final HlsSnapshot EMPTY =
            new HlsSnapshot(Map.of(), true, Duration.ofSeconds(1), Duration.ofSeconds(1), HlsStats.NONE, false);

    HlsSnapshot {
        playlists = Map.copyOf(playlists);
    }

    /** The playlists withdrawn (§6.2.1); segments stay for their time. */
    HlsSnapshot close() {
        return new HlsSnapshot(Map.of(), video, targetDuration, segmentLife, stats, true);
    }
}
