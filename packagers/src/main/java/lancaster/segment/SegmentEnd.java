package lancaster.segment;

import java.util.OptionalLong;

/**
 * How a segment ends.
 *
 * @param end90k where it ends on the timeline: where the next one begins, or, before a discontinuity or the end of the
 *     stream, where its last access unit is over
 * @param nextVideo90k the video frame behind it, where that begins the next segment
 * @param videoFrames access units of video in the segment
 * @param independent whether every segment so far began at a random access point
 */
public record SegmentEnd(long end90k, OptionalLong nextVideo90k, int videoFrames, boolean independent) {}
