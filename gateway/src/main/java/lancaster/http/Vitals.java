package lancaster.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lancaster.access.AccessStats;
import lancaster.directory.DirectoryStats;
import lancaster.pull.PullStats;
import lancaster.republish.TargetStats;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.rtmp.session.RtmpServerStats;
import lancaster.segment.SegmentStoreStats;

/**
 * How the box itself does.
 *
 * @param version of the program
 * @param carriers what encoders and players come in by
 * @param rtmfp what lies below the connections by RTMFP, if it is listened on
 * @param directory names of its peers
 * @param segmentLimitBytes what all segments may take
 * @param targets servers that streams are sent on to
 * @param pulls streams that are fetched
 */
public record Vitals(
        String version,
        Supplier<List<Carrier>> carriers,
        Supplier<Optional<RtmfpServerStats>> rtmfp,
        Supplier<DirectoryStats> directory,
        Supplier<AccessStats> access,
        Supplier<SegmentStoreStats> segments,
        long segmentLimitBytes,
        Supplier<List<LoopState>> loops,
        Supplier<List<TargetStats>> targets,
        Supplier<List<PullStats>> pulls) {
    private static final long NS_A_SECOND = 1_000_000_000L;

    /** @param protocol {@code "rtmp"}, {@code "rtmps"}, {@code "rtmfp"} */
    public record Carrier(String protocol, RtmpServerStats stats) {}

    /**
     * @param delayNs how long the loop took for its last tick, or has been taking for the present one
     * @param hangs whether that is too long
     */
    public record LoopState(String name, long delayNs, boolean hangs) {}

    /** Why it doesn't live; nothing if it does. */
    List<String> hangs() {
        return loops.get().stream()
                .filter(LoopState::hangs)
                .map(loop -> "loop " + loop.name() + " hangs for " + loop.delayNs() / NS_A_SECOND + " s")
                .toList();
    }
}
