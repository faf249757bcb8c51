package lancaster.segment;

/**
 * How a segment ends.
 *
 * @param end90k where it ends on the timeline: where the next one begins, or, before a discontinuity or the end of the
 *     stream, where its last access unit is over
 * @param runsOn whether the media runs on into the next segment
 * @param videoFrames access units of video in the segment
 * @param independent whether every segment so far began at a random access point
 */
public record SegmentEnd(long end90k, boolean runsOn, int videoFrames, boolean independent) {}
