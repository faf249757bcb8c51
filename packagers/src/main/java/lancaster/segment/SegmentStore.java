package lancaster.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The segment files of all streams, {@code ROOT/APP/NAME/FORMAT/NUMBER.EXT}. Each packaging loop writes through the
 * {@link SegmentFolder}s of its streams; the account of what is stored is shared and guarded by this object. When the
 * byte limit or the disk is full, the oldest finished segments of all streams go first.
 */
public final class SegmentStore implements AutoCloseable {
    /** How many segments may go to make room for one run; what readers have open gives no room back. */
    private static final int MAX_EVICTIONS_A_RUN = 8;

    private static final String LOCK_NAME = "segments.lock";
    private static final Pattern OURS =
            Pattern.compile("(ts/\\d+\\.ts|fmp4/\\d+\\.m4s|fmp4/init-\\d+\\.mp4|hds/\\d+\\.f4f)");

    /** Makes and opens a file for writing. */
    interface FileOpener {
        WritableByteChannel open(Path file) throws IOException;
    }

    /** The segments of one format of a stream. */
    private record Key(String stream, SegmentFormat format) {}

    /** A segment that needs a file. */
    private record Holder(SegmentFolder folder, long number) {}

    /** A finished file; it goes with the last who needs it. */
    private record Stored(long length, Set<Holder> holders) {}

    private final Path root;
    private long limitBytes;
    private final FileOpener opener;
    private final FileChannel lockChannel;
    private final Map<Key, SegmentFolder> folders = new HashMap<>();
    /** In the order of finishing. */
    private final Map<Path, Stored> oldestFirst = new LinkedHashMap<>();

    private long bytes;
    private long evicted;
    private long lost;

    /**
     * Opens the store and deletes the segments that an earlier run left. Other files below {@code root} are not touched.
     *
     * @throws IOException if the folder can't be made, or if another process uses it
     */
    public SegmentStore(Path root, long limitBytes) throws IOException {
        this(
                root,
                limitBytes,
                file -> FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE));
    }

    SegmentStore(Path root, long limitBytes, FileOpener opener) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.limitBytes = limitBytes;
        this.opener = opener;
        Files.createDirectories(this.root);
        lockChannel = lock(this.root);
        deleteLeftovers();
    }

    /** The folder of a stream's segments in a format, for one writer at a time until it is released. */
    public synchronized SegmentFolder acquire(String stream, SegmentFormat format) {
        Path path = FolderNames.resolve(root, stream).resolve(format.id());
        SegmentFolder folder =
                folders.computeIfAbsent(new Key(stream, format), key -> new SegmentFolder(this, stream, path, format));
        folder.acquire();
        return folder;
    }

    /** The folder of a stream's segments in a format, if somebody writes to it. */
    synchronized Optional<SegmentFolder> written(String stream, SegmentFormat format) {
        SegmentFolder folder = folders.get(new Key(stream, format));
        return folder != null && folder.hasWriter() ? Optional.of(folder) : Optional.empty();
    }

    /** Whether somebody borrows from the segments of a stream in this format. */
    boolean isLent(String stream, SegmentFormat format) {
        return SegmentFormat.borrowers(format).stream()
                .flatMap(borrower -> written(stream, borrower).stream())
                .anyMatch(SegmentFolder::isBorrowing);
    }

    /** What is stored beyond a smaller limit goes when the next segment needs room. */
    public synchronized void limit(long newLimitBytes) {
        limitBytes = newLimitBytes;
    }

    public synchronized SegmentStoreStats stats() {
        return new SegmentStoreStats(oldestFirst.size(), bytes, evicted, lost);
    }

    /** Deletes all segments. */
    @Override
    public synchronized void close() throws IOException {
        List.copyOf(folders.values()).forEach(SegmentFolder::deleteAll);
        folders.clear();
        lockChannel.close();
    }

    /** Not while empty folders are being deleted. */
    synchronized WritableByteChannel openFile(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return opener.open(file);
    }

    /** Takes {@code count} more bytes into account, making room by the limit; false if there is no room. */
    synchronized boolean reserve(long count) {
        while (bytes + count > limitBytes && evictOldest() > 0) {
            // The next oldest may be enough.
        }
        if (bytes + count > limitBytes) {
            return false;
        }
        bytes += count;
        return true;
    }

    /** Deletes the oldest segments until about {@code count} bytes are free; false if there was nothing to delete. */
    synchronized boolean makeRoom(long count) {
        long freed = 0;
        for (int i = 0; i < MAX_EVICTIONS_A_RUN && freed < count; i++) {
            freed += evictOldest();
        }
        return freed > 0;
    }

    /** Whether all files of a segment are there; its own is from now on. */
    synchronized boolean finished(SegmentFolder folder, long number, SegmentFile file, long ownBytes) {
        Holder holder = new Holder(folder, number);
        if (file.lender().isPresent() && !isHeld(file.lender().get(), holder)) {
            return false;
        }
        oldestFirst.put(file.path(), new Stored(ownBytes, new HashSet<>(Set.of(holder))));
        return true;
    }

    private boolean isHeld(Path file, Holder holder) {
        Stored stored = oldestFirst.get(file);
        return stored != null && stored.holders().contains(holder);
    }

    /** A file is needed by a segment of another folder too; false if it isn't there any more. */
    synchronized boolean hold(Path file, SegmentFolder folder, long number) {
        Stored stored = oldestFirst.get(file);
        return stored != null && stored.holders().add(new Holder(folder, number));
    }

    /** An open segment that comes to nothing. */
    synchronized void abandoned(long length) {
        bytes -= length;
        lost++;
    }

    /** A segment needs these files no more; which of them nobody needs. */
    synchronized List<Path> release(SegmentFolder folder, long number, List<Path> files) {
        Holder holder = new Holder(folder, number);
        List<Path> free = new ArrayList<>();
        for (Path file : files) {
            Stored stored = oldestFirst.get(file);
            if (stored != null
                    && stored.holders().remove(holder)
                    && stored.holders().isEmpty()) {
                oldestFirst.remove(file);
                bytes -= stored.length();
                free.add(file);
            }
        }
        return free;
    }

    /** Forgets a folder that nobody writes to and that holds nothing. */
    synchronized void forgetIfUnused(SegmentFolder folder) {
        if (folder.isUnused() && folders.remove(new Key(folder.stream(), folder.format()), folder)) {
            deleteEmptyFolders(folder.path());
        }
    }

    /** Deletes a folder that nobody has, if it is empty. */
    synchronized void tidy(Path folder) {
        if (folders.values().stream().noneMatch(known -> known.path().equals(folder))) {
            deleteEmptyFolders(folder);
        }
    }

    /** Deletes the oldest finished file and the segments that need it; how many bytes that frees, 0 if there is none. */
    private long evictOldest() {
        var oldest = oldestFirst.entrySet().iterator();
        if (!oldest.hasNext()) {
            return 0;
        }
        long before = bytes;
        var entry = oldest.next();
        for (Holder holder : List.copyOf(entry.getValue().holders())) {
            evicted++;
            holder.folder().evict(holder.number());
        }
        if (oldestFirst.remove(entry.getKey(), entry.getValue())) {
            // Held for a segment that is not finished yet.
            bytes -= entry.getValue().length();
            SegmentFolder.deleteFile(entry.getKey());
        }
        return before - bytes;
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean ours;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            ours = false;
        }
        if (!ours) {
            channel.close();
            throw new IOException("another process keeps its segments in " + root);
        }
        return channel;
    }

    private void deleteLeftovers() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path name = root.relativize(file);
                int names = name.getNameCount();
                if (names > 2
                        && OURS.matcher(name.subpath(names - 2, names).toString())
                                .matches()) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
                if (SegmentFormat.byId(String.valueOf(folder.getFileName())).isPresent()) {
                    deleteEmptyFolders(folder);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes a folder and those above it that are empty, up to the root. */
    private void deleteEmptyFolders(Path folder) {
        for (Path at = folder; at != null && at.startsWith(root) && !at.equals(root); at = at.getParent()) {
            try {
                Files.deleteIfExists(at);
            } catch (IOException e) {
                return;
            }
        }
    }
}
