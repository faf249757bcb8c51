package lancaster.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What opens the box to who may read its state directory and has no password: the first who manages it, or one who
 * forgot his. It lies in a file, is good for making one account, and is gone then.
 */
public final class OneTimeSecret {
    /** Short enough to be typed: 100 bits. */
    private static final int CHARS = 20;
    /** Once there are accounts it isn't left lying about. */
    private static final Duration LIFE = Duration.ofHours(1);

    private final Path file;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * @param folder the folder {@code access} of the state directory
     * @param random fit for secrets
     */
    public OneTimeSecret(Path folder, RandomGenerator random, InstantSource clock) {
        this.file = folder.resolve("one-time-secret");
        this.random = random;
        this.clock = clock;
    }

    public Path file() {
        return file;
    }

    /** The secret that is there; empty if there is none that is still good. */
    public Optional<String> find() throws IOException {
        try {
            return KeyFile.read(file).keys().stream()
                    .filter(key -> key.isGood(clock.instant()))
                    .map(KeyFile.Key::text)
                    .findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A new one in the place of any other. Before there is an account it is good until it is used. */
    public String make(boolean thereAreAccounts) throws IOException {
        String secret = SecretText.create(random, CHARS);
        KeyFile.Key key = new KeyFile.Key(
                secret, thereAreAccounts ? Optional.of(clock.instant().plus(LIFE)) : Optional.empty());
        new KeyFile(List.of(key)).write(file);
        return secret;
    }

    boolean isGood(String presented) throws IOException {
        return find().filter(secret -> SecretText.same(secret, presented)).isPresent();
    }

    /** It has served. */
    void spend() throws IOException {
        Files.deleteIfExists(file);
    }
}
