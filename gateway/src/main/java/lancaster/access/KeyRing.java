package lancaster.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges keys. Files are read anew each time, so that a rotated key counts at once. Owner: the control thread. */
public final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final KeyStore store;
    private final Function<String, @Nullable String> environment;
    private final InstantSource clock;

    public KeyRing(KeyStore store, Function<String, @Nullable String> environment, InstantSource clock) {
        this.store = store;
        this.environment = environment;
        this.clock = clock;
    }

    /** Whether {@code presented} opens {@code stream}. Where no key can be found none is good. */
    boolean isGood(StreamPath stream, KeySource source, String presented) {
        Instant now = clock.instant();
        byte[] digest = digest(presented);
        boolean good = false;
        for (KeyFile.Key key : keys(stream, source)) {
            // No early end: how long this takes says nothing about the keys.
            good |= MessageDigest.isEqual(digest(key.text()), digest) && key.isGood(now);
        }
        return good;
    }

    private List<KeyFile.Key> keys(StreamPath stream, KeySource source) {
        try {
            if (!(source instanceof KeySource.Stored)) {
                return given(source, environment);
            }
            Optional<KeyFile> own = store.find(Optional.of(stream));
            return (own.isPresent() ? own : store.find(Optional.empty()))
                    .map(KeyFile::keys)
                    .orElse(List.of());
        } catch (IOException e) {
            LOG.warn("key unreadable path={} reason={}", stream, e.toString());
            return List.of();
        }
    }

    /** The keys of a source that needs no store. */
    static List<KeyFile.Key> given(KeySource source, Function<String, @Nullable String> environment)
            throws IOException {
        if (source instanceof KeySource.Literal literal) {
            return List.of(new KeyFile.Key(literal.key(), Optional.empty()));
        }
        if (source instanceof KeySource.InEnvironment variable) {
            return Optional.ofNullable(environment.apply(variable.variable())).stream()
                    .filter(text -> !text.isBlank())
                    .map(text -> new KeyFile.Key(text, Optional.empty()))
                    .toList();
        }
        return source instanceof KeySource.InFile file
                ? KeyFile.read(file.file()).keys()
                : List.of();
    }

    /** Digests are of one length, whatever the keys are. */
    static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
