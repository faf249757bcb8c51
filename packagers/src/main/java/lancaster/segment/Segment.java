package lancaster.segment;

/**
 * A finished segment in one format, as a list shows it.
 *
 * @param number its number on the timeline, which is its media sequence number
 * @param start90k where it begins on the timeline
 * @param duration90k until the next one begins (RFC 8216bis §3)
 * @param discontinuity whether it is listed behind an EXT-X-DISCONTINUITY
 * @param discontinuitySequence of this segment, its own discontinuity included (§6.2.1)
 * @param utcMs program date time of its first sample, milliseconds since 1970
 * @param bytes size of its file; 0 for a gap
 * @param videoFrames access units of video in it
 * @param gap whether its file is missing: bytes were lost, and others are never served under its number
 * @param tracks what is in it
 */
public record Segment(
        long number,
        long start90k,
        long duration90k,
        boolean discontinuity,
        long discontinuitySequence,
        long utcMs,
        long bytes,
        int videoFrames,
        boolean gap,
        TrackSet tracks) {}
