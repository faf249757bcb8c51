package lancaster.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import lancaster.bytes.Bytes;

/** What a finished segment is, wherever its bytes are. */
public final class StoredBytes {
    private StoredBytes() {}

    public static Bytes of(SegmentFile file) {
        return of(file, 0, (int) file.length());
    }

    public static Bytes of(SegmentFile file, long position, int count) {
        try (SegmentReader reader = file.open()) {
            ByteBuffer bytes = ByteBuffer.allocate(count);
            reader.read(bytes, position);
            return Bytes.copyOf(bytes.flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
