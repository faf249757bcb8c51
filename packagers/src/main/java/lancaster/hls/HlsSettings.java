package lancaster.hls;

import java.util.List;
import lancaster.segment.SegmentFormat;

/**
 * How a stream is packaged as HLS. How long its segments are is not said here: the timeline's marks cut them.
 *
 * @param window how many segments a playlist lists, or more where three target durations need more
 * @param formats what is packaged, the preferred one first
 * @param hashed whether each segment is hashed while it is written, for boxes that compare theirs
 */
public record HlsSettings(int window, List<SegmentFormat> formats, boolean hashed) {
    public static final HlsSettings DEFAULT = new HlsSettings(10, List.of(SegmentFormat.TS, SegmentFormat.FMP4), false);

    public HlsSettings {
        formats = List.copyOf(formats);
        if (window < 1) {
            throw new IllegalArgumentException("a window of " + window + " segments");
        }
        if (formats.isEmpty() || formats.stream().distinct().count() != formats.size()) {
            throw new IllegalArgumentException("formats " + formats);
        }
    }
}
