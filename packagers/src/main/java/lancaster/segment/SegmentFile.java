package lancaster.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A finished segment of the store. It never changes; it may be deleted between the look-up and the opening, and whoever
 * has opened it by then reads it to its end.
 *
 * @param path of its own file
 * @param length of the segment
 * @param identity names these bytes for ever: no other bytes ever have it
 * @param lender the file that has its payloads, where its own has only what stands between them
 */
public record SegmentFile(Path path, long length, String identity, Optional<Path> lender) {
    SegmentFile(Path path, long length, String identity) {
        this(path, length, identity, Optional.empty());
    }

    public SegmentReader open() throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return lender.isPresent() ? GatheredReader.open(channel, lender.get()) : new WholeReader(channel);
    }

    /** All files that have bytes of it. */
    List<Path> files() {
        return Stream.concat(Stream.of(path), lender.stream()).toList();
    }
}
