package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lancaster.kit.Program;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A configuration that is changed by curl and looked at by what every administrator has: diff, cmp, cat. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ConfigurationInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHANGES = 40;
    private static final String CONFIG =
            """
            # Made for the town hall; ask Anna (+44 1524 65201) before you change it.
            http: { trusted-proxies: 127.0.0.1 } # the load balancer

            streams:
              "live/*":
                key: none   # a closed network
                hls:
                    window: 6 # five was too few

              other/*: {key: none, linger: '20s'} # as it was
            """;

    /** Reads the file over and over until there is another file, and notes what it has seen. */
    private static final String READ = "while [ ! -e \"$2\" ]; do cat \"$1\" | sha256sum; done";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(folder.resolve("lancaster.yaml"), CONFIG);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void aChangeIsALineAndRestoringIsTheOldFile() throws Exception {
        Path before = Files.copy(file, folder.resolve("before.yaml"));
        try (TestGateway gateway = TestGateway.of(folder, file)) {
            change(gateway, "{\"streams\": {\"live/*\": {\"hls\": {\"window\": 9}}}}");
            Program.Ran diff = Program.run("", "diff", before.toString(), file.toString());
            assertEquals(
                    """
                    8c8
                    <         window: 6 # five was too few
                    ---
                    >         window: 9 # five was too few
                    """,
                    diff.said());
            assertEquals("640\n", Program.says("stat", "--format=%a", file.toString()));
            assertEquals("9", effective(gateway, "streams.live/*.hls.window"));

            String versions = curl(gateway, "api/v1/config/versions");
            String id = Program.given(versions, "jq", "--raw-output", ".versions[0].id")
                    .strip();
            Path kept = folder.resolve("lancaster.yaml.versions").resolve(id + ".yaml");
            assertEquals("", Program.says("cmp", before.toString(), kept(kept).toString()));
            curl(
                    gateway,
                    "api/v1/config/versions/" + id + "/restore",
                    "--request",
                    "POST",
                    "--header",
                    "If-Match: " + tag(gateway));
            assertEquals("", Program.says("cmp", before.toString(), file.toString()));
            assertEquals("6", effective(gateway, "streams.live/*.hls.window"));
            assertEquals(
                    "2",
                    Program.given(curl(gateway, "api/v1/config/versions"), "jq", ".versions | length")
                            .strip());
        }
    }

    /** Wherever it is: its name is all that is known of it. */
    private Path kept(Path version) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(one -> one.getFileName().equals(version.getFileName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whoHasSeenAnotherTextChangesNothing() throws Exception {
        try (TestGateway gateway = TestGateway.of(folder, file)) {
            String seen = tag(gateway);
            Program.says("sed", "--in-place", "s/five was/six was/", file.toString());
            String path = gateway.http("api/v1/config").toString();
            for (String header : List.of("If-Match: " + seen, "Accept: */*")) {
                Program.Ran ran = Program.run(
                        "{\"log\": {\"level\": \"warn\"}}",
                        "curl",
                        "--silent",
                        "--fail-with-body",
                        "--request",
                        "PATCH",
                        "--header",
                        "Authorization: " + gateway.authorization(),
                        "--header",
                        header,
                        "--data",
                        "@-",
                        path);
                assertEquals(22, ran.exit(), "refused: " + ran.said());
            }
            assertEquals(CONFIG.replace("five was", "six was"), Files.readString(file));
        }
    }

    @Test
    void whoReadsTheFileMeanwhileSeesOneTextOrTheOther() throws Exception {
        Path end = folder.resolve("end");
        Path seen = folder.resolve("seen");
        try (TestGateway gateway = TestGateway.of(folder, file)) {
            List<Process> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(new ProcessBuilder(
                                Requirement.program("bash").toString(),
                                "-c",
                                READ,
                                "read",
                                file.toString(),
                                end.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(seen.toFile()))
                        .start());
            }
            Set<String> texts = new TreeSet<>(Set.of(sum()));
            for (int i = 0; i < CHANGES; i++) {
                // Long and short by turns: what is half written shows.
                String linger = i % 2 == 0 ? "1h" : (i + 1) + "s";
                change(
                        gateway,
                        "{\"streams\": {\"live/a" + i + "\": {\"linger\": \"" + linger + "\"}, \"live/a" + (i - 2)
                                + "\": null}}");
                texts.add(sum());
            }
            Files.createFile(end);
            for (Process reader : readers) {
                assertTrue(reader.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            Set<String> sums = Files.readAllLines(seen).stream().collect(Collectors.toCollection(TreeSet::new));
            assertTrue(sums.size() > 3, sums.size() + " texts were seen");
            sums.removeAll(texts);
            assertEquals(Set.of(), sums, "no other");
            assertEquals(CHANGES + 1, texts.size());
        }
    }

    private String sum() throws Exception {
        return Program.given(Files.readString(file), "sha256sum").strip();
    }

    private static void change(TestGateway gateway, String json) throws Exception {
        curl(gateway, "api/v1/config", "--request", "PATCH", "--header", "If-Match: " + tag(gateway), "--data", json);
    }

    /** Of the text that is there, as the answer's head says. */
    private static String tag(TestGateway gateway) throws Exception {
        return curl(gateway, "api/v1/config", "--output", "/dev/null", "--write-out", "%header{etag}");
    }

    private static String effective(TestGateway gateway, String path) throws Exception {
        return Program.given(
                        curl(gateway, "api/v1/config"),
                        "jq",
                        "--raw-output",
                        "--arg",
                        "path",
                        path,
                        ".effective[$path][]")
                .strip();
    }

    private static String curl(TestGateway gateway, String path, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("--silent", "--show-error", "--fail", "--header", "Authorization: " + gateway.authorization()));
        arguments.addAll(List.of(more));
        arguments.add(gateway.http(path).toString());
        return Program.says("curl", arguments.toArray(String[]::new));
    }
}
