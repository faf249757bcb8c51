/**
 * Media cut into files: the segmenter obeys the timeline's marks, the store keeps the files, the window says which of
 * them are listed. Everything here is owned by the stream's packaging loop but {@link lancaster.segment.SegmentStore}
 * and its folders, whose look-ups any thread may make, and the one volatile snapshot of a
 * {@link lancaster.segment.SegmentFeed}.
 */
@NullMarked
package lancaster.segment;

import org.jspecify.annotations.NullMarked;
