package lancaster.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/**
 * The keys of the state directory: {@code default} for every stream that has none of its own, and
 * {@code streams/APP%2FNAME}.
 */
public final class KeyStore {
    private static final String STREAMS = "streams";
    private static final int MAX_LISTED = 10_000;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    /** Letters of a new key, 5 bits each: 160 bits. */
    private static final int KEY_CHARS = 32;

    private final Path folder;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** @param random fit for secrets */
    public KeyStore(Path folder, RandomGenerator random, InstantSource clock) {
        this.folder = folder;
        this.random = random;
        this.clock = clock;
    }

    /** The default key, made now if there is none. */
    public KeyFile makeDefault() throws IOException {
        Path file = file(Optional.empty());
        return Files.exists(file) ? KeyFile.read(file) : create(file);
    }

    /** The keys of {@code stream}, or of none for the default; empty if it has none of its own. */
    public Optional<KeyFile> find(Optional<StreamPath> stream) throws IOException {
        try {
            return Optional.of(KeyFile.read(file(stream)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Streams that have a key of their own, by path. */
    public List<StreamPath> streams() throws IOException {
        Path own = folder.resolve(STREAMS);
        if (!Files.isDirectory(own)) {
            return List.of();
        }
        List<StreamPath> streams = new ArrayList<>();
        try (Stream<Path> files = Files.list(own)) {
            for (Path file : files.sorted().limit(MAX_LISTED).toList()) {
                try {
                    streams.add(
                            StreamPath.parse(String.valueOf(file.getFileName()).replace("%2F", "/")));
                } catch (ProtocolException e) {
                    // Not one of ours: an editor's copy, a half-written file.
                }
            }
        }
        return List.copyOf(streams);
    }

    public Path file(Optional<StreamPath> stream) {
        return stream.map(
                        path -> folder.resolve(STREAMS).resolve(path.toString().replace("/", "%2F")))
                .orElseGet(() -> folder.resolve("default"));
    }

    /** A new key in {@code file}, whatever was there before. */
    public KeyFile create(Path file) throws IOException {
        KeyFile created = new KeyFile(List.of(new KeyFile.Key(newKey(), Optional.empty())));
        created.write(file);
        return created;
    }

    /** A new key in {@code file}; the one before stays good for {@code grace}. */
    public KeyFile rotate(Path file, Duration grace) throws IOException {
        KeyFile rotated = KeyFile.read(file)
                .rotated(newKey(), clock.instant(), clock.instant().plus(grace));
        rotated.write(file);
        return rotated;
    }

    private String newKey() {
        StringBuilder key = new StringBuilder(KEY_CHARS);
        for (int i = 0; i < KEY_CHARS; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return key.toString();
    }
}
