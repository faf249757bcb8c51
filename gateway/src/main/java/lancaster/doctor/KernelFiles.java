package lancaster.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The files in which the kernel says what it does: {@code proc} and {@code sys} below a folder, which is {@code /}. */
public final class KernelFiles {
    private static final int MAX_CHARS = 4 << 20;

    private final Path root;

    public KernelFiles(Path root) {
        this.root = root;
    }

    /** The text of a file such as {@code proc/net/igmp}; empty where there is none, or none that we may read. */
    public Optional<String> text(String path) {
        // Files.readString begins with one byte where a file says it is empty, as these do, and settings are then over.
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            String text = new String(in.readNBytes(MAX_CHARS + 1), StandardCharsets.ISO_8859_1);
            return text.length() > MAX_CHARS ? Optional.empty() : Optional.of(text);
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    /** The lines of a file; none where it can't be read. */
    public List<String> lines(String path) {
        return text(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** The number that a file consists of. */
    public OptionalLong number(String path) {
        try {
            return text(path)
                    .map(text -> OptionalLong.of(Long.parseLong(text.strip())))
                    .orElseGet(OptionalLong::empty);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A setting such as {@code net.ipv4.conf.eth0.rp_filter}, given as its path {@code net/ipv4/conf/eth0/rp_filter}. */
    public OptionalLong setting(String path) {
        return number("proc/sys/" + path);
    }

    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The names in a folder. */
    public List<String> names(String path) {
        try (Stream<Path> files = Files.list(root.resolve(path))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The last component of where a symbolic link points. */
    public Optional<String> linkName(String path) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(root.resolve(path)).getFileName().toString());
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
