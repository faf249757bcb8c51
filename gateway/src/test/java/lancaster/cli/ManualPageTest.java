package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** lancaster(1) lacks nothing that the program can do. */
class ManualPageTest {
    private final CommandLine program = Main.commandLine();
    private final String page = new ManualPage(program, "1.2.3").text();

    @TempDir
    Path folder;

    @Test
    void everyCommandAndOptionIsThere() {
        assertExplained(program);
    }

    private void assertExplained(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        assertTrue(page.contains("\\fB" + ManualPage.escaped(name) + "\\fR"), name);
        for (OptionSpec option : command.getCommandSpec().options()) {
            for (String written : option.names()) {
                assertTrue(page.contains("\\fB" + ManualPage.escaped(written) + "\\fR"), name + " " + written);
            }
            assertTrue(option.description().length > 0, name + " " + option.longestName() + " isn't explained");
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            assertTrue(parameter.description().length > 0, name + " " + parameter.paramLabel() + " isn't explained");
        }
        command.getSubcommands().values().forEach(this::assertExplained);
    }

    @Test
    void nothingInItIsTakenForARequest() {
        for (String line : page.split("\n", -1)) {
            assertTrue(!line.startsWith("'") && line.matches("(\\.(TH|SH|SS|PP|TP|EX|EE)\\b.*|[^.].*|)"), line);
        }
        assertEquals("\\&.hidden \\-\\-x \\(dqa\\(dq \\e", ManualPage.escaped(".hidden --x \"a\" \\"));
    }

    @Test
    void groffHasNothingToComplainOf() throws Exception {
        Path groff = Requirement.program("groff");
        Path file = Files.writeString(folder.resolve("lancaster.1"), page);
        Process process = new ProcessBuilder(
                        groff.toString(), "-man", "-ww", "-Tutf8", "-rLL=80n", "-P-cbou", file.toString())
                .redirectError(folder.resolve("warnings").toFile())
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals("", Files.readString(folder.resolve("warnings")));
        assertTrue(text.contains("\nEXIT STATUS\n"), text);
    }

    @Test
    void thePackagesFilesAreTheSameInEveryBuild() throws IOException {
        Path extra = Files.writeString(folder.resolve("changelog"), "changes\n");
        for (String build : new String[] {"a", "b"}) {
            PackageFiles.main(new String[] {folder.resolve(build).toString(), "1.2.3", extra.toString()});
        }
        for (String file : new String[] {"lancaster.1.gz", "lancaster.bash", "changelog.gz"}) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            folder.resolve("a").resolve(file),
                            folder.resolve("b").resolve(file)),
                    file);
        }
        try (GZIPInputStream changes = new GZIPInputStream(Files.newInputStream(folder.resolve("a/changelog.gz")))) {
            assertEquals("changes\n", new String(changes.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertTrue(Files.readString(folder.resolve("a/lancaster.bash")).contains("doctor"));
    }
}
