package lancaster.kit;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. Where it is missing the test is skipped with a message that names it; with
 * {@code LANCASTER_REQUIRE=all} in the environment it fails instead.
 */
public final class Requirement {
    /** Where Debian puts programs of the network; the PATH of a user doesn't have it. */
    private static final List<String> ALSO = List.of("/usr/sbin", "/sbin");

    private Requirement() {}

    /** The path of a program on the PATH or in {@code /usr/sbin}, found under the first of {@code names} that exists. */
    public static Path program(String... names) {
        for (String name : names) {
            Optional<Path> found = find(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw missing("program " + String.join(" or ", names));
    }

    /**
     * A program of another implementation, which no package of Debian has, in the folder that the environment variable
     * names. Where it isn't there the test is skipped, whatever {@code LANCASTER_REQUIRE} says.
     */
    public static Path peer(String variable, String program) {
        Path path = peers(variable).resolve(program);
        Assumptions.assumeTrue(Files.isExecutable(path), "needs " + path);
        return path;
    }

    /** The folder of such programs. */
    public static Path peers(String variable) {
        String folder = System.getenv(variable);
        Assumptions.assumeTrue(folder != null, "needs the folder of another implementation in " + variable);
        return Path.of(String.valueOf(folder));
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
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator, -1)));
        folders.addAll(ALSO);
        for (String folder : folders) {
            Path path = Path.of(folder, name);
            if (Files.isExecutable(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
