package lancaster.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/** Writes files that hold secrets: whole or not at all, and for their owner alone. */
final class PrivateFile {
    private PrivateFile() {}

    /** Replaces {@code file} in one step. */
    static void write(Path file, String text) throws IOException {
        Path parent = parent(file);
        createFolder(parent);
        Path fresh = Files.createTempFile(parent, "." + file.getFileName(), ".new", mode("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            keepOwner(fresh, Files.exists(file) ? file : parent);
            move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Opens {@code file} to write at its end, and makes it first where there is none. */
    static FileChannel append(Path file) throws IOException {
        create(file);
        return FileChannel.open(file, StandardOpenOption.APPEND);
    }

    /** Opens {@code file} to be locked by one process at a time. */
    static FileChannel lockFile(Path file) throws IOException {
        create(file);
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    private static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path parent = parent(file);
        createFolder(parent);
        try {
            Files.createFile(file, mode("rw-------"));
            keepOwner(file, parent);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another process was first.
        }
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is no file name");
        }
        return parent;
    }

    private static void createFolder(Path folder) throws IOException {
        Path above = folder.getParent();
        if (!Files.exists(folder) && above != null) {
            createFolder(above);
            Files.createDirectory(folder, mode("rwx------"));
            keepOwner(folder, above);
        }
    }

    /** What root writes for the service must stay the service's. */
    private static void keepOwner(Path fresh, Path model) throws IOException {
        UserPrincipal owner = Files.getOwner(model);
        if (!owner.equals(Files.getOwner(fresh))) {
            Files.setOwner(fresh, owner);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
