package lancaster.segment;

import java.nio.file.Path;

/**
 * A finished file of the store. It never changes; it may be deleted between the look-up and the opening, and whoever
 * has opened it by then reads it to its end.
 *
 * @param identity names these bytes for ever: no other bytes ever have it
 */
public record SegmentFile(Path path, long length, String identity) {}
