package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lancaster.kit.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** bash completes what is typed, and man shows the page. */
@Tag("interop")
class PackageFilesInterop {
    /** Asks for the words that may stand where the last one stands, as pressing the tabulator does. */
    private static final String ASK =
            """
            compopt() { :; } # bash has it while it completes, and only then
            source "$1"
            shift
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            COMP_LINE="$*"
            COMP_POINT=${#COMP_LINE}
            made=$(complete -p lancaster)
            function=${made##*-F }
            "${function%% *}" lancaster "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws Exception {
        PackageFiles.main(new String[] {folder.toString(), "1.2.3"});
    }

    @Test
    void bashCompletesEveryCommandAndOption() throws Exception {
        Program.says("bash", "-n", folder.resolve("lancaster.bash").toString());
        CommandLine program = Main.commandLine();
        TreeSet<String> commands = new TreeSet<>(program.getSubcommands().keySet());
        assertEquals(commands, shown("lancaster", ""));
        assertEquals(new TreeSet<>(List.of("doctor")), shown("lancaster", "doc"));
        assertEquals(new TreeSet<>(), shown("lancaster", "nothing-begins-so"));
        for (String command : commands) {
            CommandLine known = program.getSubcommands().get(command);
            TreeSet<String> options = new TreeSet<>();
            known.getCommandSpec().options().forEach(option -> {
                if (!option.hidden()) {
                    options.addAll(List.of(option.names()));
                }
            });
            Set<String> offered = shown("lancaster", command, "-");
            assertEquals(options, offered, command);
        }
    }

    private static Set<String> shown(String... words) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--norc", "-c", ASK, "ask", folder.resolve("lancaster.bash").toString()));
        arguments.addAll(List.of(words));
        Set<String> shown = new TreeSet<>(
                Program.says("bash", arguments.toArray(String[]::new)).lines().toList());
        shown.remove("");
        return shown;
    }

    @Test
    void manShowsThePageWithoutAWarning() throws Exception {
        String page = Program.says(
                "man",
                "--warnings",
                "--local-file",
                "--encoding=UTF-8",
                folder.resolve("lancaster.1.gz").toString());
        assertEquals(
                List.of(),
                page.lines().filter(line -> line.contains("warning")).toList(),
                "what troff has to complain of");
        List<String> heads =
                page.lines().filter(line -> line.matches("[A-Z][A-Z ]+")).toList();
        assertEquals(List.of("NAME", "SYNOPSIS", "DESCRIPTION"), heads.subList(0, 3));
        String whatis = Program.says("lexgrog", folder.resolve("lancaster.1.gz").toString());
        assertEquals(true, whatis.contains("lancaster - "), whatis);
    }
}
