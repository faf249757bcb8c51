package lancaster.kit;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is missing the test is skipped with a message that names it; with
 * {@code LANCASTER_REQUIRE=all} in the environment it fails instead.
 */
public final class Requirement {
    private Requirement() {}

    /** The path of a program on the PATH, found under the first of {@code names} that exists. */
    public static Path program(String... names) {
        for (String name : names) {
            Optional<Path> found = find(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw missing("program " + String.join(" or ", names));
    }

    /** Skips or fails the test: {@code what} is missing. */
    public static RuntimeException missing(String what) {
        if ("all".equals(System.getenv("LANCASTER_REQUIRE"))) {
            fail("needs " + what + ", which is missing here");
        }
        Assumptions.abort("needs " + what + ", which is missing here");
        throw new AssertionError("unreachable");
    }

    private static Optional<Path> find(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
