package lancaster.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import lancaster.stream.Json.SyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of timeline files, {@code APPLICATION/NAME.json}. Files are replaced as a whole and made durable before
 * anything that they promise is used. Work on one stream's file is done in order, on the disk executor.
 */
public final class TimelineDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineDirectory.class);
    /** A timeline's file has a few hundred bytes. */
    private static final long MAX_FILE_BYTES = 64 << 10;

    private static final int MAX_BROKEN_FILES = 1_000;

    private final Path root;
    private final Executor disk;
    /** The last task of each stream that has any; guarded by itself. */
    private final Map<StreamPath, CompletableFuture<Void>> tasks = new HashMap<>();

    /** @param disk runs what may block on the disk */
    public TimelineDirectory(Path root, Executor disk) {
        this.root = root;
        this.disk = disk;
    }

    /** Runs {@code task} on the disk executor, behind all earlier ones of the same stream. */
    CompletableFuture<Void> run(StreamPath path, Runnable task) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> before;
        synchronized (tasks) {
            CompletableFuture<Void> last = tasks.put(path, mine);
            before = last == null ? CompletableFuture.completedFuture(null) : last;
        }
        var unused = before.thenRunAsync(task, disk).whenComplete((nothing, fault) -> {
            synchronized (tasks) {
                tasks.remove(path, mine);
            }
            if (fault != null) {
                LOG.error("timeline task failed path={}", path, fault);
            }
            mine.complete(null);
        });
        return mine;
    }

    /** What the file of {@code path} says; a file that makes no sense is moved aside, loudly. */
    Optional<TimelineState> read(StreamPath path) throws IOException {
        Path file = file(path);
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new SyntaxException(1, "the file has more than " + MAX_FILE_BYTES + " bytes");
            }
            return Optional.of(TimelineFile.parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (SyntaxException | IllegalArgumentException e) {
            Path aside = moveAside(file);
            LOG.error(
                    "timeline file is broken, a new timeline begins path={} file={} moved-to={} fault=\"{}\"",
                    path,
                    file,
                    aside,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Replaces the file of {@code path}; returns when the disk has it. */
    void write(StreamPath path, TimelineState state) throws IOException {
        Path file = file(path);
        Path folder = Files.createDirectories(file.resolveSibling(""));
        // Stream names don't begin with a dot, so this is nobody's file.
        Path temporary = folder.resolve("." + file.getFileName() + ".new");
        ByteBuffer text = ByteBuffer.wrap(TimelineFile.write(state).getBytes(StandardCharsets.ISO_8859_1));
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private Path file(StreamPath path) {
        return root.resolve(path.application()).resolve(path.name() + ".json");
    }

    private static Path moveAside(Path file) throws IOException {
        for (int i = 1; i <= MAX_BROKEN_FILES; i++) {
            Path aside = file.resolveSibling(file.getFileName() + ".broken-" + i);
            if (!Files.exists(aside)) {
                return Files.move(file, aside);
            }
        }
        throw new IOException("there are " + MAX_BROKEN_FILES + " broken files of " + file + " already");
    }
}
