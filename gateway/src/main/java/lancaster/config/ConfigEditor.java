package lancaster.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Shows and changes the file of a running gateway's configuration. What is shown has no secrets in it; what is written
 * back with {@value Secret#HIDDEN} in their places keeps them. Nothing is written that has errors or that somebody else
 * has changed meanwhile. From any thread; files are touched on the control thread.
 */
public final class ConfigEditor {
    private final ConfigControl control;
    private final Executor executor;
    private final InstantSource clock;

    /**
     * What stands in the file.
     *
     * @param tag names the text
     * @param text absent where it is so wrong that nobody knows what in it is secret
     * @param document what the text says: maps, lists and words
     * @param errors why it isn't in force; none if it is
     * @param effective the values of all keys that are in force, by path
     * @param overridden paths that count as the command line says
     */
    public record Shown(
            Path file,
            String tag,
            boolean writable,
            Optional<String> text,
            Optional<Object> document,
            List<ConfigError> errors,
            List<ConfigError> warnings,
            Map<String, List<String>> effective,
            List<String> overridden) {}

    /** What would come of a text. */
    public record Check(List<ConfigError> errors, List<ConfigError> warnings, List<ConfigChange> changes) {}

    /** A text that was replaced. */
    public record Version(String id, long bytes) {}

    /** What was written, and what became of it. */
    public record Saved(String tag, ReloadReport report) {}

    /** Something else stands in the file than the caller has seen. */
    public static final class StaleException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StaleException() {
            super("the file has been changed meanwhile", null, false, false);
        }
    }

    /** There is nothing that could be shown or changed. */
    public static final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message, null, false, false);
        }
    }

    private interface Work<T> {
        T on(ConfigFile file, ConfigSource source) throws IOException;
    }

    public ConfigEditor(ConfigControl control, Executor executor, InstantSource clock) {
        this.control = control;
        this.executor = executor;
        this.clock = clock;
    }

    public CompletableFuture<Shown> show() {
        return work((file, source) -> {
            String text = file.read();
            Optional<List<Secret>> secrets = ConfigReader.secrets(source, text);
            Optional<String> masked = secrets.map(known -> SecretMask.mask(text, known));
            Check check = check(source, text);
            return new Shown(
                    source.file().orElseThrow(),
                    ConfigFile.tag(text),
                    file.isWritable(),
                    masked,
                    masked.map(DocumentEdit::tree),
                    check.errors(),
                    check.warnings(),
                    effective(),
                    Overrides.paths(source.overrides()));
        });
    }

    /** Whether {@code text} could stand in the file, and what it would change. */
    public CompletableFuture<Check> check(String text) {
        return work((file, source) -> check(source, unmasked(text, file, source)));
    }

    /** Writes {@code text} if the file still has the text that {@code tag} names, and reloads. */
    public CompletableFuture<Saved> replace(String tag, String text) {
        return change(tag, (file, source) -> unmasked(text, file, source));
    }

    /** Changes single keys as {@code json} says (RFC 7396); comments and all else stay as they are. */
    public CompletableFuture<Saved> merge(String tag, String json) {
        return change(
                tag,
                (file, source) -> unmasked(DocumentEdit.merge(file.read(), DocumentEdit.tree(json)), file, source));
    }

    /** Writes a text back that was replaced. */
    public CompletableFuture<Saved> restore(String tag, String version) {
        return change(tag, (file, source) -> file.version(version));
    }

    /** What was replaced, the newest first. */
    public CompletableFuture<List<Version>> versions() {
        return work((file, source) -> file.versions().stream()
                .map(version -> new Version(version.id(), version.bytes()))
                .toList());
    }

    /** What stood in the file then, without secrets. */
    public CompletableFuture<String> version(String id) {
        return work((file, source) -> {
            String text = file.version(id);
            return ConfigReader.secrets(source, text)
                    .map(secrets -> SecretMask.mask(text, secrets))
                    .orElseThrow(() -> new MissingException("this version can't be shown: it isn't YAML"));
        });
    }

    private CompletableFuture<Saved> change(String tag, Work<String> wanted) {
        return work((file, source) -> {
                    if (!ConfigFile.tag(file.read()).equals(tag)) {
                        throw new StaleException();
                    }
                    String text = wanted.on(file, source);
                    var unused = source.load(text);
                    if (!text.equals(file.read())) {
                        file.write(text);
                    }
                    return ConfigFile.tag(text);
                })
                .thenCompose(written -> control.reload().thenApply(report -> new Saved(written, report)));
    }

    private Check check(ConfigSource source, String text) {
        try {
            LoadedConfig loaded = source.load(text);
            return new Check(List.of(), loaded.config().warnings(), ConfigChanges.between(control.current(), loaded));
        } catch (ConfigException e) {
            return new Check(e.errors(), List.of(), List.of());
        }
    }

    /** With the secrets that the file has, and those that were in force when it was read last. */
    private String unmasked(String text, ConfigFile file, ConfigSource source) throws IOException {
        if (text.length() > ConfigReader.MAX_BYTES) {
            throw new IllegalArgumentException("is larger than " + ConfigReader.MAX_BYTES + " bytes");
        }
        if (!text.contains(Secret.HIDDEN)) {
            return text;
        }
        List<Secret> known =
                new ArrayList<>(ConfigReader.secrets(source, file.read()).orElse(List.of()));
        known.addAll(control.current().secrets());
        return SecretMask.unmask(text, known);
    }

    private Map<String, List<String>> effective() {
        Map<String, List<String>> effective = new LinkedHashMap<>();
        control.current()
                .values()
                .forEach((path, values) -> effective.put(
                        path.toString(), values.stream().map(ValueText::of).toList()));
        return effective;
    }

    private <T> CompletableFuture<T> work(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    ConfigSource source = control.current().source();
                    Path path = source.file()
                            .orElseThrow(() -> new MissingException(
                                    "this gateway was started without a file of its configuration: run -c FILE"));
                    try {
                        return work.on(new ConfigFile(path, clock), source);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                executor);
    }
}
