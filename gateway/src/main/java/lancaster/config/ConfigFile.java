package lancaster.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file of the configuration, and in the folder {@code FILE.versions} beside it what stood in it before. Owner: the
 * control thread.
 */
final class ConfigFile {
    /** Older versions are deleted. */
    static final int MAX_VERSIONS = 50;

    private static final String SUFFIX = ".versions";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z");
    private static final String ENDING = ".yaml";
    /** Stands for the id of the newest version. */
    private static final String LATEST = "latest";

    private static final int TAG_BYTES = 16;

    /**
     * @param id when it was replaced
     */
    record Version(String id, long bytes) {}

    private final Path file;
    private final InstantSource clock;

    ConfigFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    String read() throws IOException {
        return read(file);
    }

    /** Names a text, so that nobody overwrites what he hasn't seen. */
    static String tag(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether it can be replaced: its folder takes a new file. */
    boolean isWritable() {
        try {
            Path parent = target().getParent();
            return parent != null && Files.isWritable(parent);
        } catch (IOException e) {
            return false;
        }
    }

    /** Replaces the text in one step; what stood there is kept as a version. */
    void write(String text) throws IOException {
        Path target = target();
        save(read(target), target);
        replace(target, text, target);
        prune();
    }

    /** The newest first. */
    List<Version> versions() throws IOException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ConfigFile::isVersion)
                    .sorted(Comparator.reverseOrder())
                    .map(path -> new Version(id(path), length(path)))
                    .toList();
        }
    }

    /** @throws NoSuchFileException where there is no such version */
    String version(String id) throws IOException {
        if (id.equals(LATEST)) {
            List<Version> all = versions();
            if (all.isEmpty()) {
                throw new NoSuchFileException(id);
            }
            return version(all.get(0).id());
        }
        if (!ID.matcher(id).matches()) {
            throw new NoSuchFileException(id);
        }
        return read(folder().resolve(id + ENDING));
    }

    private static String read(Path path) throws IOException {
        if (Files.size(path) > ConfigReader.MAX_BYTES) {
            throw new IOException(path + " is larger than " + ConfigReader.MAX_BYTES + " bytes");
        }
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    /** A link stays a link. */
    private Path target() throws IOException {
        return file.toRealPath();
    }

    private Path folder() {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    private void save(String text, Path model) throws IOException {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, mode("rwx------"));
        }
        Instant now = clock.instant();
        Path version = folder.resolve(NAME.format(now) + ENDING);
        while (Files.exists(version)) {
            now = now.plusMillis(1);
            version = folder.resolve(NAME.format(now) + ENDING);
        }
        replace(version, text, model);
    }

    /** With owner, group and mode of {@code model}: it holds the same secrets. */
    private static void replace(Path path, String text, Path model) throws IOException {
        Path fresh = Files.createTempFile(parent(path), "." + path.getFileName(), ".new", mode("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
            PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            if (!view.readAttributes().owner().equals(wanted.owner())) {
                chown(view, wanted);
            }
            if (!view.readAttributes().group().equals(wanted.group())) {
                chgrp(view, wanted);
            }
            view.setPermissions(wanted.permissions());
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            sync(parent(path));
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(path + " is no file");
        }
        return parent;
    }

    /** Who isn't root may not give files away; the service then owns what it writes, which is as good to it. */
    private static void chown(PosixFileAttributeView view, PosixFileAttributes wanted) {
        try {
            view.setOwner(wanted.owner());
        } catch (IOException e) {
            // As said.
        }
    }

    private static void chgrp(PosixFileAttributeView view, PosixFileAttributes wanted) {
        try {
            view.setGroup(wanted.group());
        } catch (IOException e) {
            // As above.
        }
    }

    /** So that the new name outlives a power cut. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void prune() throws IOException {
        List<Version> all = versions();
        for (Version old : all.subList(Math.min(MAX_VERSIONS, all.size()), all.size())) {
            Files.deleteIfExists(folder().resolve(old.id() + ENDING));
        }
    }

    private static boolean isVersion(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(ENDING) && ID.matcher(id(path)).matches();
    }

    private static String id(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.substring(0, Math.max(0, name.length() - ENDING.length()));
    }

    private static long length(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0;
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
