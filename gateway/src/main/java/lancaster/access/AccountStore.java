package lancaster.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of accounts. Commands and a running gateway change it in turn, under the lock of a file beside it; what
 * another process wrote is seen at the next look. From any thread.
 */
public final class AccountStore {
    private static final Logger LOG = LoggerFactory.getLogger(AccountStore.class);

    private final Path file;
    private final Path lock;

    /** What tells one version of the file from another: it is replaced, never written to. */
    private record Version(Optional<FileTime> modified, Optional<Object> key) {
        static final Version ABSENT = new Version(Optional.empty(), Optional.empty());
    }

    private record Snapshot(Version version, Accounts accounts) {}

    private volatile Snapshot snapshot = new Snapshot(Version.ABSENT, Accounts.NONE);

    /** Makes new accounts out of the present ones. */
    @FunctionalInterface
    public interface Change {
        /** @throws RefusedException where it can't be, with the reason */
        Accounts apply(Accounts present) throws RefusedException;
    }

    /** @param folder the folder {@code access} of the state directory */
    public AccountStore(Path folder) {
        file = folder.resolve("accounts.json");
        lock = folder.resolve("accounts.lock");
    }

    /**
     * The accounts as they are. Where the file can't be read the last ones count: a slip in editing it must not let
     * nobody in.
     */
    public Accounts accounts() {
        Snapshot last = snapshot;
        Version now = last.version();
        try {
            now = version();
            return now.equals(last.version()) ? last.accounts() : load(now);
        } catch (IOException e) {
            // Said once for each version of the file.
            snapshot = new Snapshot(now, last.accounts());
            LOG.error("accounts unreadable, the last ones count cause=\"{}\"", e.getMessage());
            return last.accounts();
        }
    }

    /** Changes the accounts, alone among all processes. Waits for the disk. */
    public synchronized void change(Change change) throws IOException, RefusedException {
        try (FileChannel channel = PrivateFile.lockFile(lock);
                var held = channel.lock()) {
            LOG.debug("accounts locked shared={}", held.isShared());
            Accounts present = Files.exists(file) ? AccountFile.read(file) : Accounts.NONE;
            AccountFile.write(file, change.apply(present));
            load(version());
        } catch (OverlappingFileLockException e) {
            throw new RefusedException("the accounts are being changed at this moment; try again");
        }
    }

    private Accounts load(Version version) throws IOException {
        Accounts read = version.equals(Version.ABSENT) ? Accounts.NONE : AccountFile.read(file);
        snapshot = new Snapshot(version, read);
        return read;
    }

    private Version version() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(Optional.of(now.lastModifiedTime()), Optional.ofNullable(now.fileKey()));
        } catch (NoSuchFileException e) {
            return Version.ABSENT;
        }
    }
}
