package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import lancaster.access.KeyFile;
import lancaster.access.KeySource;
import lancaster.access.KeyStore;
import lancaster.config.ConfigReader;
import lancaster.config.StreamConfig;
import lancaster.stream.StreamPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code key show|create|rotate|revoke [STREAM]}. A running gateway reads key files at every publish. */
@Command(
        name = "key",
        synopsisSubcommandLabel = "show|create|rotate|revoke",
        description = "The keys that publishing needs; without STREAM the default key.")
final class KeyCommand implements Runnable {
    private static final String STREAM = "APP/NAME of a stream; without it the default key is meant.";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = {"-c", "--config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The configuration, for streams whose key it keeps elsewhere. Default: $LANCASTER_CONFIG.")
    Optional<Path> config = Optional.empty();

    @Command(description = "Print the key, and below it those that it replaced and that are still good.")
    int show(@Parameters(arity = "0..1", paramLabel = "STREAM", description = STREAM) Optional<StreamPath> stream) {
        Path file = existing(stream);
        work(file, () -> KeyFile.read(file).lines()).forEach(out()::println);
        return ExitCode.OK;
    }

    @Command(description = "Make a key where there is none, and print it.")
    int create(@Parameters(arity = "0..1", paramLabel = "STREAM", description = STREAM) Optional<StreamPath> stream) {
        Path file = file(stream);
        if (Files.exists(file)) {
            throw new CommandException(ExitCode.USAGE, "there is a key already; `key rotate` replaces it");
        }
        out().println(work(file, () -> store().create(file)).current());
        note("create", stream);
        return ExitCode.OK;
    }

    @Command(description = "Replace the key and print the new one; the old one stays good for a while.")
    int rotate(
            @Parameters(arity = "0..1", paramLabel = "STREAM", description = STREAM) Optional<StreamPath> stream,
            @Option(
                            names = "--grace",
                            paramLabel = "DURATION",
                            defaultValue = "24h",
                            description = "How long the old key stays good. Default: ${DEFAULT-VALUE}.")
                    Duration grace) {
        Path file = existing(stream);
        out().println(work(file, () -> store().rotate(file, grace)).current());
        note("rotate", stream);
        return ExitCode.OK;
    }

    @Command(
            description = "Delete the key and those it replaced, at once. A stream without a key of its own needs the"
                    + " default key; without a default key nobody can publish.")
    int revoke(@Parameters(arity = "0..1", paramLabel = "STREAM", description = STREAM) Optional<StreamPath> stream) {
        Path file = existing(stream);
        work(file, () -> Files.deleteIfExists(file));
        note("revoke", stream);
        return ExitCode.OK;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about the key: show, create, rotate or revoke?");
    }

    private Optional<Path> configured() {
        return config.or(
                () -> Optional.ofNullable(System.getenv("LANCASTER_CONFIG")).map(Path::of));
    }

    private void note(String act, Optional<StreamPath> stream) {
        new AccessFolder(state.folder())
                .note(act + " the key of " + stream.map(Object::toString).orElse("all others"));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private KeyStore store() {
        return new KeyStore(state.folder().resolve("keys"), new SecureRandom(), InstantSource.system());
    }

    private Path existing(Optional<StreamPath> stream) {
        Path file = file(stream);
        if (!Files.exists(file)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    stream.map(path -> path + " has no key of its own; the default key is good for it")
                            .orElse(
                                    "there is no default key in " + file
                                            + "; the first `run` makes it, `key create` does too, --state names another place"));
        }
        return file;
    }

    private Path file(Optional<StreamPath> stream) {
        KeySource configured = stream.flatMap(
                        path -> configured().flatMap(file -> ConfigReader.read(file, List.of()).stream(path)))
                .map(StreamConfig::key)
                .orElse(new KeySource.Stored());
        if (configured instanceof KeySource.InFile inFile) {
            return inFile.file();
        }
        if (configured instanceof KeySource.Stored) {
            return store().file(stream);
        }
        throw new CommandException(
                ExitCode.CONFIG, "the configuration itself says what the key of this stream is; change it there");
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> T work(Path file, FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new CommandException(ExitCode.CANT_CREATE, "the key file " + file + " can't be used: " + e);
        }
    }
}
