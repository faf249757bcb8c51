package lancaster.hls;

import java.util.Map;
import java.util.Optional;
import lancaster.segment.SegmentFeed;
import lancaster.segment.SegmentFile;
import lancaster.segment.SegmentFolder;
import lancaster.segment.SegmentFormat;

/**
 * The HTTP face of a stream's HLS: any thread asks, answers are finished bytes and files. Playlists change all at once,
 * by one volatile write.
 */
public final class HlsFeed {
    private final Map<SegmentFormat, SegmentFolder> folders;
    private final SegmentFeed<HlsSnapshot> snapshots = new SegmentFeed<>(HlsSnapshot.EMPTY);

    HlsFeed(Map<SegmentFormat, SegmentFolder> folders) {
        this.folders = Map.copyOf(folders);
    }

    public HlsAnswer find(HlsResource resource) {
        HlsSnapshot now = snapshots.snapshot();
        if (resource instanceof HlsResource.SegmentData segment) {
            return segment(segment, now);
        }
        if (resource instanceof HlsResource.Init init) {
            SegmentFolder folder = folders.get(SegmentFormat.FMP4);
            return folder == null
                    ? missing(now)
                    : file(folder.findInit(init.firstSegment()), SegmentFormat.FMP4, now)
                            .orElseGet(() -> absent(folder.had(init.firstSegment()), now));
        }
        HlsAnswer.Playlist playlist = now.playlists().get(resource);
        return playlist == null ? absent(now.closed(), now) : playlist;
    }

    /** Whether there is something to play. */
    public boolean listed() {
        return !snapshots.snapshot().playlists().isEmpty();
    }

    /** As of the newest segment. */
    public HlsStats stats() {
        return snapshots.snapshot().stats();
    }

    /** Calls {@code listener} on the packaging loop whenever the playlists have changed. */
    public void addListener(Runnable listener) {
        snapshots.addListener(snapshot -> listener.run());
    }

    void publish(HlsSnapshot next) {
        snapshots.publish(next);
    }

    HlsSnapshot snapshot() {
        return snapshots.snapshot();
    }

    private HlsAnswer segment(HlsResource.SegmentData segment, HlsSnapshot now) {
        SegmentFolder folder = folders.get(segment.format());
        return folder == null
                ? missing(now)
                : file(folder.find(segment.number()), segment.format(), now)
                        .orElseGet(() -> absent(folder.had(segment.number()), now));
    }

    private static Optional<HlsAnswer> file(Optional<SegmentFile> found, SegmentFormat format, HlsSnapshot now) {
        return found.map(file ->
                new HlsAnswer.File(file, contentType(format, now), '"' + file.identity() + '"', now.segmentLife()));
    }

    private static String contentType(SegmentFormat format, HlsSnapshot now) {
        if (format == SegmentFormat.TS) {
            return "video/mp2t";
        }
        return now.video() ? "video/mp4" : "audio/mp4";
    }

    private static HlsAnswer absent(boolean gone, HlsSnapshot now) {
        return gone ? new HlsAnswer.Gone(now.targetDuration()) : missing(now);
    }

    private static HlsAnswer missing(HlsSnapshot now) {
        return new HlsAnswer.Missing(now.targetDuration());
    }
}
