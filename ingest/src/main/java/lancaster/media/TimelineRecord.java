package lancaster.media;

import java.util.List;
import lancaster.bytes.Bytes;

/**
 * What a timeline is, fixed when its origin made it. Boxes that carry the same stream package by this record, not by
 * their own configuration, so that their segments are the same bytes.
 *
 * @param id 16 random bytes
 * @param zeroUtcMs when the timeline was made, milliseconds since 1970-01-01T00:00:00Z
 * @param segment90k wanted segment duration, 90 kHz ticks; cuts lie at or behind its multiples
 * @param part90k part duration of low-latency HLS, 90 kHz ticks
 * @param formats segment formats in the order of the configuration: {@code "ts"}, {@code "fmp4"}
 * @param independentSegments whether every segment so far began at a random access point; never comes back once lost
 * @param layout version of the byte layout of segments; who doesn't know it doesn't claim the same bytes
 */
public record TimelineRecord(
        Bytes id,
        long zeroUtcMs,
        long segment90k,
        long part90k,
        List<String> formats,
        boolean independentSegments,
        int layout) {
    /** The layout that this code writes. */
    public static final int LAYOUT = 1;

    public static final int ID_BYTES = 16;

    public TimelineRecord {
        formats = List.copyOf(formats);
        if (id.length() != ID_BYTES) {
            throw new IllegalArgumentException("timeline id has " + id.length() + " bytes, not " + ID_BYTES);
        }
        if (segment90k <= 0 || part90k <= 0) {
            throw new IllegalArgumentException("durations must be positive: " + segment90k + ", " + part90k);
        }
    }

    /** EXT-X-TARGETDURATION, seconds: 1.5 segment durations, rounded up. It never changes (RFC 8216bis §6.2.1). */
    public int targetDurationS() {
        return (int) -Math.floorDiv(-segment90k * 3, Timebase.HZ * 2);
    }

    public TimelineRecord withoutIndependentSegments() {
        return new TimelineRecord(id, zeroUtcMs, segment90k, part90k, formats, false, layout);
    }
}
