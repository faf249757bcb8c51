package lancaster.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where state that must survive and where segments lie: as told, else as systemd or the desktop's conventions say.
 *
 * @param state timelines and keys
 * @param runtime segments
 * @param temporary whether {@code runtime} was made for this run and goes with it
 */
public record Directories(Path state, Path runtime, boolean temporary) {
    private static final String OWN_NAME = "lancaster";

    public Directories(Path state, Path runtime) {
        this(state, runtime, false);
    }

    /** {@code environment} stands for {@link System#getenv()}. */
    public static Directories resolve(
            Optional<Path> state, Optional<Path> runtime, Map<String, String> environment, String home) {
        Path keeps = state.or(() -> folder(environment.get("STATE_DIRECTORY")))
                .orElseGet(() -> Path.of(home, ".local", "state", OWN_NAME));
        Optional<Path> given = runtime.or(() -> folder(environment.get("RUNTIME_DIRECTORY")))
                .or(() -> folder(environment.get("XDG_RUNTIME_DIR")).map(xdg -> xdg.resolve(OWN_NAME)));
        return new Directories(keeps, given.orElseGet(Directories::makeTemporary), given.isEmpty());
    }

    /** Makes both, for their owner alone. */
    public void create() throws IOException {
        for (Path folder : new Path[] {state, runtime}) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Takes a temporary folder away; all that is in it by now are empty folders and a lock. */
    void discard() throws IOException {
        if (temporary) {
            try (Stream<Path> left = Files.walk(runtime)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** systemd joins several folders by colons; ours is the first (systemd.exec(5)). */
    private static Optional<Path> folder(@Nullable String variable) {
        return Optional.ofNullable(variable)
                .filter(text -> !text.isEmpty())
                .map(text -> Path.of(text.split(":", 2)[0]));
    }

    private static Path makeTemporary() {
        try {
            return Files.createTempDirectory(OWN_NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
