package lancaster.hls;

import java.util.Optional;
import lancaster.segment.SegmentFormat;

/** What can be asked of a stream over HLS. */
public sealed interface HlsResource {
    /** {@code NAME.m3u8}, in the format that is asked for, or else in the stream's default. */
    record Multivariant(Optional<SegmentFormat> format) implements HlsResource {}

    /** {@code NAME/FORMAT/video.m3u8}, or {@code audio.m3u8} of a stream without video. */
    record MediaList(SegmentFormat format, boolean video) implements HlsResource {}

    /** {@code NAME/ts/NUMBER.ts}, {@code NAME/fmp4/NUMBER.m4s}. */
    record SegmentData(SegmentFormat format, long number) implements HlsResource {}

    /** {@code NAME/fmp4/init-NUMBER.mp4}, named after the first segment that needs it. */
    record Init(long firstSegment) implements HlsResource {}
}
