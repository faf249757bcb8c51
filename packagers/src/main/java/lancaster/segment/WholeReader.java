package lancaster.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Reads a segment that has a file of its own. */
record WholeReader(FileChannel channel) implements SegmentReader {
    @Override
    public void read(ByteBuffer target, long position) throws IOException {
        fill(channel, target, position);
    }

    @Override
    public Optional<FileChannel> file() {
        return Optional.of(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static void fill(FileChannel from, ByteBuffer target, long position) throws IOException {
        long at = position;
        int count = 1;
        while (target.hasRemaining() && count > 0) {
            count = from.read(target, at);
            at += count;
        }
    }
}
