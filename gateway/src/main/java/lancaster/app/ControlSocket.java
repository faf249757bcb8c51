package lancaster.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lancaster.config.ConfigControl;
import lancaster.config.ConfigError;
import lancaster.config.ConfigException;
import lancaster.config.ReloadReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where commands reach a running gateway: a socket {@code control} in its state directory, for its owner and root. A
 * command is a line; the answer is a line that says how it went and lines for people.
 */
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final String NAME = "control";
    private static final String RELOAD = "reload";
    private static final int MAX_COMMAND_BYTES = 256;
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final long ANSWER_TIMEOUT_S = 60;

    /** How a command went. */
    public enum Outcome {
        DONE,
        /** The configuration is wrong. */
        REFUSED,
        FAILED
    }

    /** @param lines for people */
    public record Answer(Outcome outcome, List<String> lines) {}

    private final ServerSocketChannel server;
    private final Path path;
    private final ConfigControl control;

    private ControlSocket(ServerSocketChannel server, Path path, ConfigControl control) {
        this.server = server;
        this.path = path;
        this.control = control;
    }

    /** Listens on a thread of its own; where that can't be, says so and is of no use. */
    static AutoCloseable open(Path state, ConfigControl control) {
        Path path = state.resolve(NAME);
        try {
            if (isHeard(path)) {
                LOG.warn("another gateway uses this state directory control={}", path);
                return () -> {};
            }
            Files.deleteIfExists(path);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            ControlSocket socket = new ControlSocket(server, path, control);
            Thread thread = new Thread(socket::serve, "control-socket");
            thread.setDaemon(true);
            thread.start();
            return socket;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("commands can't reach this gateway control={} cause=\"{}\"", path, e.toString());
            return () -> {};
        }
    }

    private static boolean isHeard(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel present = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return present.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Tells the gateway whose state lies in {@code state} to reload.
     *
     * @throws IOException where none can be reached
     */
    public static Answer reload(Path state) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(state.resolve(NAME)))) {
            channel.write(ByteBuffer.wrap((RELOAD + '\n').getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            List<String> lines = read(channel, MAX_ANSWER_BYTES).lines().toList();
            if (lines.isEmpty()) {
                throw new IOException("the gateway ended the connection");
            }
            return new Answer(Outcome.valueOf(lines.get(0).toUpperCase(Locale.ROOT)), lines.subList(1, lines.size()));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                Answer answer = answer(read(channel, MAX_COMMAND_BYTES).strip());
                String text = answer.outcome().toString().toLowerCase(Locale.ROOT)
                        + '\n'
                        + String.join("\n", answer.lines())
                        + '\n';
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                LOG.debug("command broke off cause=\"{}\"", e.toString());
            }
        }
    }

    private Answer answer(String command) {
        if (!command.equals(RELOAD)) {
            return new Answer(Outcome.FAILED, List.of("this version knows no command " + command));
        }
        CompletableFuture<ReloadReport> reload = control.reload();
        try {
            return new Answer(
                    Outcome.DONE, reload.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS).lines());
        } catch (ExecutionException e) {
            Throwable cause =
                    e.getCause() instanceof CompletionException ? e.getCause().getCause() : e.getCause();
            return cause instanceof ConfigException refused
                    ? new Answer(
                            Outcome.REFUSED,
                            refused.errors().stream().map(ConfigError::toString).toList())
                    : new Answer(Outcome.FAILED, List.of("not reloaded: " + cause));
        } catch (TimeoutException e) {
            return new Answer(Outcome.FAILED, List.of("no answer within " + ANSWER_TIMEOUT_S + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(Outcome.FAILED, List.of("interrupted"));
        }
    }

    /** All until the other end has said all. */
    private static String read(SocketChannel channel, int limitBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(limitBytes);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // More may come.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
}
