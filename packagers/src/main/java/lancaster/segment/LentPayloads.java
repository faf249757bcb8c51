package lancaster.segment;

import java.nio.file.Path;
import java.util.Map;
import lancaster.bytes.Bytes;

/**
 * Where the payloads of a finished segment are in its file, for the segment of the same number in another format.
 *
 * @param offsets by the payload itself, not by its content
 */
record LentPayloads(long number, Path file, Map<Bytes, Long> offsets) {}
