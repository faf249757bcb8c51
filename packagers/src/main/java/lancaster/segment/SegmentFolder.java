package lancaster.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lancaster.bytes.Bytes;

/**
 * The segments of one stream in one format. The packaging loop of the stream writes and deletes; any thread finds. It
 * outlives its writer for as long as it holds files, so that the segments of a stream that ended stay loadable
 * (RFC 8216bis §6.2.2).
 */
public final class SegmentFolder {
    /** An open segment reaches its file in runs of this size; only the open run is in memory. */
    static final int RUN_BYTES = 64 * 1024;

    private final SegmentStore store;
    private final String key;
    private final Path path;
    private final SegmentFormat format;
    private final Map<Long, SegmentFile> segments = new ConcurrentHashMap<>();
    private final Map<Long, SegmentFile> inits = new ConcurrentHashMap<>();
    /** Off the heap, and one for all segments of the folder: they are written one after another. */
    private final ByteBuffer run = ByteBuffer.allocateDirect(RUN_BYTES);

    private volatile long firstNumber = Long.MAX_VALUE;
    private volatile long lastNumber = Long.MIN_VALUE;
    private volatile long evictedThrough = Long.MIN_VALUE;
    private int writers;

    SegmentFolder(SegmentStore store, String key, Path path, SegmentFormat format) {
        this.store = store;
        this.key = key;
        this.path = path;
        this.format = format;
    }

    /** Begins a segment. Segments of a folder are written one after another. */
    public OpenSegment open(long number, String identity, boolean hashed) {
        return new OpenSegment(store, this, number, identity, run.clear(), hashed);
    }

    public Optional<SegmentFile> find(long number) {
        return Optional.ofNullable(segments.get(number));
    }

    public Optional<SegmentFile> findInit(long firstSegment) {
        return Optional.ofNullable(inits.get(firstSegment));
    }

    /** Whether a segment of this number was here, for all that is known. */
    public boolean had(long number) {
        return number >= firstNumber && number <= lastNumber;
    }

    /** The highest number of a segment that went before its time because the store was full. */
    public long evictedThrough() {
        return evictedThrough;
    }

    /** Stores an initialization segment. */
    public void writeInit(long firstSegment, String identity, Bytes bytes) throws IOException {
        Path file = path.resolve("init-" + firstSegment + ".mp4");
        try (WritableByteChannel channel = store.openFile(file)) {
            ByteBuffer left = bytes.buffer();
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
        inits.put(firstSegment, new SegmentFile(file, bytes.length(), identity));
    }

    public void deleteInit(long firstSegment) {
        SegmentFile file = inits.remove(firstSegment);
        if (file != null) {
            deleteFile(file.path());
            store.forgetIfUnused(this);
        }
    }

    /** Deletes a segment whose time is over. */
    public void delete(long number) {
        SegmentFile file = segments.remove(number);
        if (file != null) {
            store.deleted(file);
            deleteFile(file.path());
            store.forgetIfUnused(this);
        }
    }

    /** The writer is done; the files stay until they are deleted. */
    public void release() {
        synchronized (store) {
            writers--;
        }
        store.forgetIfUnused(this);
    }

    void finished(long number, SegmentFile file) {
        firstNumber = Math.min(firstNumber, number);
        lastNumber = Math.max(lastNumber, number);
        segments.put(number, file);
        store.finished(this, number, file);
    }

    void evict(long number) {
        evictedThrough = Math.max(evictedThrough, number);
        delete(number);
    }

    void deleteAll() {
        segments.keySet().forEach(this::delete);
        inits.keySet().forEach(this::deleteInit);
    }

    void acquire() {
        writers++;
    }

    boolean isUnused() {
        return writers == 0 && segments.isEmpty() && inits.isEmpty();
    }

    String key() {
        return key;
    }

    Path path() {
        return path;
    }

    Path file(long number) {
        return path.resolve(number + "." + format.extension());
    }

    /** Deletes a file; one that resists stays until the store is opened the next time. */
    static boolean deleteFile(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }
}
