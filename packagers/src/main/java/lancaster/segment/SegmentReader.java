package lancaster.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** An open segment of the store, readable to its end even if it is deleted meanwhile. For one thread at a time. */
public interface SegmentReader extends Closeable {
    /** Fills {@code target} with the bytes from {@code position} on, as far as there are any. */
    void read(ByteBuffer target, long position) throws IOException;

    /** The file that holds these bytes and no others, for a transfer that doesn't read them; empty if there is none. */
    Optional<FileChannel> file();
}
