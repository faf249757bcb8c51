package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.config.ConfigSource;
import lancaster.config.LoadedConfig;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, against a gateway. */
class ReloadCommandTest {
    private static final String CONFIG =
            """
            rtmp: { listen: 127.0.0.1:0 }
            http: { listen: 127.0.0.1:0 }
            streams:
              live/a: { key: none }
            """;

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();
    private Path file;
    private Gateway gateway;

    @BeforeEach
    void startGateway() throws IOException {
        file = folder.resolve("lancaster.yaml");
        Files.writeString(file, CONFIG);
        LoadedConfig loaded = new ConfigSource(Optional.of(file), List.of("log.level=warn")).load();
        gateway = Gateway.start(loaded, new Directories(folder.resolve("state"), folder.resolve("segments")));
    }

    @AfterEach
    void closeGateway() {
        gateway.close();
    }

    @Test
    void saysWhatItDid() throws IOException {
        Files.writeString(file, CONFIG.replace("key: none", "key: none, linger: 1m") + "  live/b: {}\n");
        assertEquals(0, reload());
        assertEquals(
                List.of(
                        "reloaded " + file,
                        "  streams.live/a changed: linger (when it is published next)",
                        "  streams.live/b added"),
                said.toString().lines().toList());
        assertTrue(current().stream(StreamPath.parse("live/b")).isPresent());
    }

    @Test
    void anUnchangedFileChangesNothing() {
        assertEquals(0, reload());
        assertEquals(file + ": nothing changed", said.toString().strip());
    }

    @Test
    void aFileWithErrorsLeavesTheOldOneInForceAndNamesAll() throws IOException {
        Files.writeString(file, CONFIG + "  live/b: { lingr: 1s, hls: { window: 1 } }\n");
        assertEquals(78, reload());
        assertEquals(
                List.of(
                        file + ":5: streams.live/b.hls.window: must be 3 to 10000",
                        file + ":5: streams.live/b.lingr: is no known key (did you mean linger?)"),
                said.toString().lines().sorted().toList());
        assertTrue(current().stream(StreamPath.parse("live/b")).isEmpty());
        Files.writeString(file, CONFIG);
        assertEquals(0, reload(), "and once it is mended it is as before");
    }

    @Test
    void whatNeedsARestartIsSaidUntilItHappened() throws IOException {
        Files.writeString(file, CONFIG.replace("rtmp: { listen: 127.0.0.1:0 }", "rtmp: { listen: 127.0.0.2:0 }"));
        assertEquals(0, reload());
        assertTrue(said.toString().contains("waiting for a restart: rtmfp.listen, rtmp.listen"), said::toString);
        said.getBuffer().setLength(0);
        assertEquals(0, reload());
        assertEquals(
                List.of(file + ": nothing changed", "  waiting for a restart: rtmfp.listen, rtmp.listen"),
                said.toString().lines().toList());
        said.getBuffer().setLength(0);
        Files.writeString(file, CONFIG);
        assertEquals(0, reload());
        assertTrue(!said.toString().contains("waiting"), said::toString);
    }

    @Test
    void onlyItsOwnerReachesTheGateway() throws IOException {
        Path control = folder.resolve("state/control");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(control)));
        gateway.close();
        assertTrue(Files.notExists(control));
        assertEquals(69, reload());
        assertTrue(said.toString().contains("--state names another place"), said::toString);
    }

    private lancaster.config.GatewayConfig current() {
        return gateway.configControl().current().config();
    }

    private int reload() {
        CommandLine command = Main.commandLine();
        command.setErr(new PrintWriter(said, true));
        command.setOut(new PrintWriter(said, true));
        return command.execute("reload", "--state", folder.resolve("state").toString());
    }
}
