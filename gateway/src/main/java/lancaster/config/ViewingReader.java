package lancaster.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.access.AddressRange;
import lancaster.access.KeySource;
import lancaster.access.viewing.ViewingSettings;

/** Reads {@code viewing}, of all streams or of one. */
final class ViewingReader {
    private static final String KEY = "viewing";
    private static final String OPEN = "open";
    private static final String NONE = "none";
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    /** As long as the hash that it is used with (RFC 7518 §3.2). */
    private static final int MIN_SECRET_CHARS = 32;

    private ViewingReader() {}

    /** @param above what counts where nothing is said */
    static ViewingSettings read(Section parent, ViewingSettings above, Problems problems) {
        if (parent.isWord(KEY, OPEN)) {
            var unused = parent.absent(KEY);
            return ViewingSettings.OPEN;
        }
        if (!parent.has(KEY)) {
            var unused = parent.absent(KEY);
            return above;
        }
        Section section = parent.section(KEY);
        List<AddressRange> addresses = AddressesReader.read(section, "addresses");
        Optional<KeySource> secret = section.value(
                "secret",
                Optional.empty(),
                "file:PATH, env:VARIABLE or at least " + MIN_SECRET_CHARS + " characters",
                text -> Optional.of(secret(text, problems)),
                value -> isShort(hidden(section, value)) ? "is shorter than " + MIN_SECRET_CHARS + " characters" : "");
        Optional<Path> publicKey = section.value(
                "public-key",
                Optional.empty(),
                "a PEM file with a public key, such as file:/etc/lancaster/idp.pem",
                text -> Optional.of(
                        text.equals(NONE)
                                ? Optional.<Path>empty()
                                : Optional.of(problems.resolve(
                                        text.startsWith(FILE) ? text.substring(FILE.length()) : text))),
                value -> "");
        Optional<String> issuer = text(section, "issuer");
        Optional<String> audience = text(section, "audience");
        boolean all = section.choice("require", false, Map.of("any", false, "all", true));
        section.finish();
        if (addresses.isEmpty() && secret.isEmpty() && publicKey.isEmpty()) {
            parent.wrong(KEY, "lets nobody watch: it needs addresses, secret or public-key, or the word open");
        }
        return new ViewingSettings(false, addresses, secret, publicKey, issuer, audience, all);
    }

    private static Optional<String> text(Section section, String key) {
        return section.value(
                key,
                Optional.<String>empty(),
                "a text",
                text -> Optional.of(Optional.of(text).filter(word -> !word.equals(NONE))),
                value -> "");
    }

    private static Optional<KeySource> secret(String text, Problems problems) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        if (text.startsWith(FILE)) {
            return Optional.of(new KeySource.InFile(problems.resolve(text.substring(FILE.length()))));
        }
        if (text.startsWith(ENVIRONMENT)) {
            return Optional.of(new KeySource.InEnvironment(text.substring(ENVIRONMENT.length())));
        }
        return Optional.of(new KeySource.Literal(text));
    }

    /** What is written here itself nobody is shown. */
    private static Optional<KeySource> hidden(Section section, Optional<KeySource> secret) {
        if (secret.isPresent() && secret.get() instanceof KeySource.Literal) {
            section.secret("secret", Secret.HIDDEN);
        }
        return secret;
    }

    private static boolean isShort(Optional<KeySource> secret) {
        return secret.isPresent()
                && secret.get() instanceof KeySource.Literal literal
                && literal.key().length() < MIN_SECRET_CHARS;
    }
}
