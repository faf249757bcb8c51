package lancaster.access.viewing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import lancaster.access.KeyFile;
import lancaster.access.KeySource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that tickets are checked with, read anew when their files change. From any thread. */
final class ViewingKeys {
    /** RFC 7518 §3.2: a key of HS256 is as long as its hash, 32 bytes; letters are less than bytes. */
    static final int MIN_SECRET_CHARS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(ViewingKeys.class);

    private final Function<String, @Nullable String> environment;
    private final Map<Path, Read<List<KeyFile.Key>>> secrets = new ConcurrentHashMap<>();
    private final Map<Path, Read<Optional<VerifyingKey>>> publicKeys = new ConcurrentHashMap<>();

    /** What a file held when it was of that time. */
    private record Read<T>(FileTime modified, T value) {}

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    ViewingKeys(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** The secrets that are good now: the current one, and those that it replaced, for their time. */
    List<String> secrets(KeySource source, Instant now) {
        if (source instanceof KeySource.InFile file) {
            return file(secrets, file.file(), ViewingKeys::readSecrets, List.<KeyFile.Key>of()).stream()
                    .filter(key ->
                            key.until().isEmpty() || now.isBefore(key.until().get()))
                    .map(KeyFile.Key::text)
                    .toList();
        }
        if (source instanceof KeySource.InEnvironment variable) {
            String text = environment.apply(variable.variable());
            return text != null && text.length() >= MIN_SECRET_CHARS ? List.of(text) : List.of();
        }
        return source instanceof KeySource.Literal literal ? List.of(literal.key()) : List.of();
    }

    Optional<VerifyingKey> publicKey(Path path) {
        return file(publicKeys, path, file -> Optional.of(VerifyingKey.read(file)), Optional.empty());
    }

    private static List<KeyFile.Key> readSecrets(Path file) throws IOException {
        List<KeyFile.Key> keys = KeyFile.read(file).keys();
        if (keys.stream().anyMatch(key -> key.text().length() < MIN_SECRET_CHARS)) {
            throw new IOException(file + " holds a secret of less than " + MIN_SECRET_CHARS + " characters");
        }
        return keys;
    }

    private static <T> T file(Map<Path, Read<T>> known, Path file, Reader<T> reader, T none) {
        FileTime modified;
        try {
            modified = Files.getLastModifiedTime(file);
        } catch (IOException e) {
            modified = FileTime.fromMillis(0);
        }
        Read<T> last = known.get(file);
        if (last != null && last.modified().equals(modified)) {
            return last.value();
        }
        T value = none;
        try {
            value = reader.read(file);
        } catch (IOException e) {
            // Said once for each version of the file; until it is mended no ticket is good.
            LOG.error("viewing key unreadable cause=\"{}\"", e.toString());
        }
        known.put(file, new Read<>(modified, value));
        return value;
    }
}
