package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of the file, and how it is changed. */
class ConfigEditorTest {
    private static final String TEXT =
            """
            # The box of the hall.
            streams:
              live/a: { key: hush-hush }  # the hall
              live/b: { linger: 10s }
            """;

    @TempDir
    Path folder;

    private Path file;
    private FakeControl control;
    private ConfigEditor editor;
    private Instant now = Instant.parse("2026-11-21T15:45:00Z");

    /** A gateway that only reads. */
    private static final class FakeControl implements ConfigControl {
        private LoadedConfig current;

        FakeControl(Path file) {
            current = new ConfigSource(Optional.of(file), List.of("log.level=warn")).load();
        }

        @Override
        public LoadedConfig current() {
            return current;
        }

        @Override
        public CompletableFuture<ReloadReport> reload() {
            LoadedConfig before = current;
            current = before.source().load();
            List<ConfigChange> changes = ConfigChanges.between(before, current);
            return CompletableFuture.completedFuture(
                    new ReloadReport("file", changes, List.of(), List.of(), List.of()));
        }
    }

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("lancaster.yaml");
        Files.writeString(file, TEXT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        control = new FakeControl(file);
        editor = new ConfigEditor(control, Runnable::run, () -> now);
    }

    @Test
    void showsAllButSecrets() {
        ConfigEditor.Shown shown = editor.show().join();
        assertEquals(TEXT.replace("hush-hush", "\"(hidden)\""), shown.text().orElseThrow());
        assertFalse(shown.toString().contains("hush"), shown::toString);
        assertEquals(List.of("(hidden)"), shown.effective().get("streams.live/a.key"));
        assertEquals(List.of("10s"), shown.effective().get("streams.live/b.linger"));
        assertEquals(List.of("4GiB"), shown.effective().get("storage.segment-limit"));
        assertEquals(List.of("0.0.0.0:1935"), shown.effective().get("rtmp.listen"));
        assertEquals(List.of("log.level"), shown.overridden());
        assertTrue(shown.writable());
    }

    @Test
    void noKeyOfAnotherServerIsShownAndEachIsKept() throws IOException {
        String text =
                """
                streams:
                  live/a:
                    source: "https://user:pass@box/live.m3u8?token=SESAME"
                    republish:
                      - rtmp://one/live/a?key=SESAME
                      - { url: rtmp://two/live2/sesa-me12-3456-7890, buffer: 5s }
                """;
        Files.writeString(file, text);
        control.reload().join();
        ConfigEditor.Shown shown = editor.show().join();
        String all = shown.toString();
        assertFalse(all.contains("SESAME") || all.contains("me12") || all.contains("pass"), all);
        String edited = shown.text().orElseThrow().replace("5s", "6s");
        editor.replace(shown.tag(), edited).join();
        assertEquals(
                control.current().config().stream(StreamPath.parse("live/a")).orElseThrow(),
                new ConfigSource(Optional.of(file), List.of())
                        .load(text.replace("5s", "6s")).config().stream(StreamPath.parse("live/a"))
                                .orElseThrow());
    }

    @Test
    void whatIsWrittenBackKeepsItsSecretsAndTheVersionBefore() throws IOException {
        ConfigEditor.Shown shown = editor.show().join();
        String edited = shown.text().orElseThrow().replace("10s", "11s");
        ConfigEditor.Saved saved = editor.replace(shown.tag(), edited).join();
        assertEquals(TEXT.replace("10s", "11s"), Files.readString(file));
        assertEquals(
                List.of("streams.live/b changed: linger (when it is published next)"),
                saved.report().changes().stream().map(ConfigChange::toString).toList());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        List<ConfigEditor.Version> versions = editor.versions().join();
        assertEquals("20261121T154500.000Z", versions.get(0).id());
        assertEquals(
                shown.text().orElseThrow(), editor.version(versions.get(0).id()).join());
        Path kept = folder.resolve("lancaster.yaml.versions/20261121T154500.000Z.yaml");
        assertEquals(TEXT, Files.readString(kept));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        editor.restore(saved.tag(), versions.get(0).id()).join();
        assertEquals(TEXT, Files.readString(file));
        assertEquals(2, editor.versions().join().size());
    }

    @Test
    void changesSingleKeysAndKeepsComments() throws IOException {
        String json =
                "{\"streams\":{\"live/a\":{\"hls\":{\"window\":6}},\"live/b\":null},\"log\":{\"format\":\"json\"}}";
        editor.merge(editor.show().join().tag(), json).join();
        assertEquals(
                """
                # The box of the hall.
                streams:
                  live/a: { key: hush-hush, hls: { window: 6 } }  # the hall
                log:
                  format: json
                """,
                Files.readString(file));
        assertEquals(
                Optional.of(6),
                control.current().config().stream(StreamPath.parse("live/a"))
                        .orElseThrow()
                        .hlsWindow());
    }

    @Test
    void nothingIsWrittenOverWhatSomebodyElseWrote() throws IOException {
        String tag = editor.show().join().tag();
        Files.writeString(file, TEXT + "# by hand\n");
        assertInstanceOf(ConfigEditor.StaleException.class, failure(editor.replace(tag, TEXT)));
        assertEquals(TEXT + "# by hand\n", Files.readString(file));
    }

    @Test
    void nothingIsWrittenThatHasErrors() throws IOException {
        String tag = editor.show().join().tag();
        ConfigException refused = assertInstanceOf(
                ConfigException.class, failure(editor.merge(tag, "{\"streams\":{\"live/b\":{\"lingr\":\"1s\"}}}")));
        assertEquals("linger", refused.errors().get(0).nearest().orElseThrow());
        assertEquals(4, refused.errors().get(0).line());
        assertEquals(TEXT, Files.readString(file));
        assertEquals(List.of(), editor.versions().join());
        ConfigEditor.Check check =
                editor.check("streams: { live/b: { linger: 1h }, live/c: {} }").join();
        assertEquals(List.of(), check.errors());
        assertEquals(3, check.changes().size());
    }

    @Test
    void aHiddenSecretThatWasNeverThereIsRefused() {
        String tag = editor.show().join().tag();
        Throwable refused = failure(editor.replace(tag, TEXT.replace("linger: 10s", "key: (hidden)")));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("streams.live/b.key: (hidden)"), refused::toString);
    }

    @Test
    void aFileThatIsBrokenByHandIsShownWithItsErrors() throws IOException {
        Files.writeString(file, TEXT + "  live/c: { lingr: 1s }\n");
        ConfigEditor.Shown shown = editor.show().join();
        assertEquals(1, shown.errors().size());
        assertEquals(5, shown.errors().get(0).line());
        assertFalse(shown.text().orElseThrow().contains("hush"));
        Files.writeString(file, TEXT + "  - : {\n");
        shown = editor.show().join();
        assertEquals(Optional.empty(), shown.text());
        assertFalse(shown.errors().isEmpty());
    }

    @Test
    void onlySoManyVersionsAreKept() throws IOException {
        for (int i = 0; i < ConfigFile.MAX_VERSIONS + 3; i++) {
            now = now.plusSeconds(1);
            editor.merge(editor.show().join().tag(), "{\"streams\":{\"live/b\":{\"linger\":\"" + (20 + i) + "s\"}}}")
                    .join();
        }
        List<ConfigEditor.Version> versions = editor.versions().join();
        assertEquals(ConfigFile.MAX_VERSIONS, versions.size());
        assertEquals("20261121T154553.000Z", versions.get(0).id());
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "nothing else is left behind");
        }
    }

    @Test
    void aVersionIsNoWayToOtherFiles() {
        assertTrue(failure(editor.version("../lancaster")).toString().contains("NoSuchFile"));
    }

    private static Throwable failure(CompletableFuture<?> failing) {
        Throwable failure = assertThrows(CompletionException.class, failing::join);
        return failure.getCause() == null ? failure : failure.getCause();
    }
}
