package lancaster.probe;

import java.util.List;

/**
 * What HLS makes of the stream.
 *
 * @param variants all that the multivariant playlist offers; empty where there is none
 * @param chosen which playlist was looked at
 * @param format {@code MPEG-TS} or {@code fMP4}
 * @param live whether the playlist goes on
 * @param lowLatency whether it lists partial segments
 * @param listed segments in the playlist at first
 * @param windowSeconds of them together
 * @param loaded segments that were looked at
 */
public record HlsReport(
        List<Variant> variants,
        String chosen,
        String format,
        boolean live,
        boolean lowLatency,
        int targetDurationS,
        long mediaSequence,
        int listed,
        double windowSeconds,
        int loaded,
        double shortestSegmentS,
        double longestSegmentS,
        long peakBitsPerSecond) {
    public HlsReport {
        variants = List.copyOf(variants);
    }

    /** What the multivariant playlist says of a variant. */
    public record Variant(long bandwidth, String resolution, String frameRate, String codecs, String uri) {}
}
