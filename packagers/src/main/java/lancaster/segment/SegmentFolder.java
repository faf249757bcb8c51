package lancaster.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private final String stream;
    private final Path path;
    private final SegmentFormat format;
    private final Map<Long, SegmentFile> segments = new ConcurrentHashMap<>();
    private final Map<Long, SegmentFile> inits = new ConcurrentHashMap<>();
    /** Off the heap, and one for all segments of the folder: they are written one after another. */
    private final ByteBuffer run = ByteBuffer.allocateDirect(RUN_BYTES);

    private volatile long firstNumber = Long.MAX_VALUE;
    private volatile long lastNumber = Long.MIN_VALUE;
    private volatile long evictedThrough = Long.MIN_VALUE;
    /** Of the newest segment, until they are borrowed; the packaging loop's alone. */
    private Optional<LentPayloads> lent = Optional.empty();

    /** Whether the newest segment borrows, as far as that goes here; the packaging loop's alone. */
    private boolean borrowing = true;

    private int writers;

    SegmentFolder(SegmentStore store, String stream, Path path, SegmentFormat format) {
        this.store = store;
        this.stream = stream;
        this.path = path;
        this.format = format;
    }

    /** Begins a segment. Segments of a folder are written one after another. */
    public OpenSegment open(long number, String identity, boolean hashed) {
        boolean lends = store.isLent(stream, format);
        Supplier<WholeSegment> whole =
                () -> new WholeSegment(store, this, number, identity, run.clear(), hashed, lends);
        Optional<SegmentFolder> lender = format.lender().flatMap(other -> store.written(stream, other));
        return lender.isPresent() ? new BorrowingSegment(store, this, lender.get(), number, whole) : whole.get();
    }

    /** What the newest segment lends. */
    void lend(Optional<LentPayloads> payloads) {
        lent = payloads;
    }

    void borrowing(boolean now) {
        borrowing = now;
    }

    /** Whether it makes sense to lend to the next segment: where one was lost, such as one of a codec that can't be
     * written here, the next may be too. */
    boolean isBorrowing() {
        return borrowing;
    }

    /** The payloads of a segment, if they are stored. They are lent once. */
    Optional<LentPayloads> borrow(long number) {
        Optional<LentPayloads> found = lent.filter(one -> one.number() == number);
        if (found.isPresent()) {
            lent = Optional.empty();
        }
        return found;
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
            unlink(store.release(this, number, file.files()));
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

    /**
     * A segment becomes visible; false if what it borrows has gone.
     *
     * @param ownBytes what is in its own file
     */
    boolean finished(long number, SegmentFile file, long ownBytes) {
        if (!store.finished(this, number, file, ownBytes)) {
            return false;
        }
        firstNumber = Math.min(firstNumber, number);
        lastNumber = Math.max(lastNumber, number);
        segments.put(number, file);
        return true;
    }

    /** Deletes files that no segment needs any more; one that was lent may be the last of its folder. */
    void unlink(List<Path> files) {
        for (Path file : files) {
            deleteFile(file);
            Path folder = file.getParent();
            if (folder != null && !folder.equals(path)) {
                store.tidy(folder);
            }
        }
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

    boolean hasWriter() {
        return writers > 0;
    }

    boolean isUnused() {
        return writers == 0 && segments.isEmpty() && inits.isEmpty();
    }

    String stream() {
        return stream;
    }

    SegmentFormat format() {
        return format;
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
