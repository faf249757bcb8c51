package lancaster.access;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The token of commands on the box, new at every start: who can read the state directory could change all that is in it
 * anyway.
 */
public final class LocalToken {
    private final Path file;
    private final String digest;

    /** Makes it and writes its file. */
    public LocalToken(Path folder, RandomGenerator random) throws IOException {
        file = file(folder);
        String token = ApiToken.PREFIX + SecretText.create(random);
        digest = SecretText.digest(token);
        new KeyFile(List.of(new KeyFile.Key(token, Optional.empty()))).write(file);
    }

    /** @param folder the folder {@code access} of the state directory */
    public static Path file(Path folder) {
        return folder.resolve("local-token");
    }

    /** The token of the gateway that runs with this state directory. */
    public static String read(Path folder) throws IOException {
        return KeyFile.read(file(folder)).current();
    }

    boolean is(String presentedDigest) {
        return SecretText.same(digest, presentedDigest);
    }
}
