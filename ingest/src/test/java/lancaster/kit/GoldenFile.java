package lancaster.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import lancaster.bytes.Bytes;

/**
 * Golden files under {@code src/test/resources/golden}: a test compares what it made, as text, with a committed file;
 * {@code -Dgolden.update} writes the file anew instead, for the difference to be read in review.
 */
public final class GoldenFile {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private GoldenFile() {}

    /** Compares {@code actual} with {@code golden/NAME}. */
    public static void assertGolden(String name, String actual) {
        Path file = ROOT.resolve(name);
        try {
            if (System.getProperty("golden.update") != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            } else if (!Files.exists(file)) {
                fail("no golden file " + file + "; make it with -Dgolden.update");
            } else {
                assertEquals(
                        Files.readString(file), actual, () -> "differs from " + file + "; -Dgolden.update rewrites");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An input committed beside the golden files of this module or of ingest, {@code src/test/resources/media/NAME}. */
    public static Bytes media(String name) {
        try (InputStream in = GoldenFile.class.getResourceAsStream("/media/" + name)) {
            return Bytes.wrap(Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
