package lancaster.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page lancaster(1), in the man macros of roff (groff_man(7)): what every command says of itself, between what
 * holds for all of them.
 */
final class ManualPage {
    private final CommandLine program;
    private final String version;
    private final List<String> lines = new ArrayList<>();

    ManualPage(CommandLine program, String version) {
        this.program = program;
        this.version = version;
    }

    String text() {
        lines.clear();
        macro("TH", "LANCASTER", "1", "", "lancaster " + version, "Lancaster");
        section("NAME");
        lines.add("lancaster \\- a multicast broadcast gateway: one live stream to every desk");
        section("SYNOPSIS");
        lines.add("\\fBlancaster\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR ...]");
        section("DESCRIPTION");
        ManualTexts.DESCRIPTION.forEach(this::paragraph);
        section("OPTIONS");
        options(program.getCommandSpec(), false);
        section("COMMANDS");
        new LinkedHashSet<>(program.getSubcommands().values()).forEach(this::command);
        definitions("FILES", ManualTexts.FILES);
        definitions("ENVIRONMENT", ManualTexts.ENVIRONMENT);
        definitions("SIGNALS", ManualTexts.SIGNALS);
        definitions("EXIT STATUS", ManualTexts.EXIT_STATUS);
        section("EXAMPLES");
        ManualTexts.EXAMPLES.forEach((says, does) -> {
            paragraph(says);
            lines.add(".PP");
            lines.add(".EX");
            lines.add("    " + escaped(does));
            lines.add(".EE");
        });
        section("SEE ALSO");
        lines.add("\\fBjournalctl\\fR(1), \\fBsystemctl\\fR(1), \\fBip\\-maddress\\fR(8)");
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        String name = spec.qualifiedName().replaceFirst("^lancaster ", "");
        lines.add(".SS \"" + escaped(name) + "\"");
        lines.add(synopsis(spec));
        for (String line : spec.usageMessage().description()) {
            paragraph(line);
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                definition("\\fI" + escaped(parameter.paramLabel()) + "\\fR", described(parameter));
            }
        }
        options(spec, true);
        new LinkedHashSet<>(command.getSubcommands().values()).forEach(this::command);
    }

    private static String synopsis(CommandSpec spec) {
        StringBuilder text = new StringBuilder("\\fB" + escaped(spec.qualifiedName()) + "\\fR");
        if (!spec.subcommands().isEmpty()) {
            text.append(" \\fICOMMAND\\fR");
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && !option.inherited()) {
                String written = written(option, option.longestName());
                text.append(' ').append(option.required() ? written : "[" + written + "]");
            }
        }
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            String label = "\\fI" + escaped(parameter.paramLabel()) + "\\fR";
            String more = parameter.arity().max() > 1 ? " ..." : "";
            text.append(' ').append(parameter.arity().min() == 0 ? "[" + label + "]" : label + more);
        }
        return text.toString();
    }

    private void options(CommandSpec spec, boolean ownOnly) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && !(ownOnly && option.inherited())) {
                Set<String> names = new LinkedHashSet<>(List.of(option.names()));
                String all = names.stream().map(name -> written(option, name)).collect(Collectors.joining(", "));
                definition(all, described(option));
            }
        }
    }

    private static String written(OptionSpec option, String name) {
        String flag = "\\fB" + escaped(name) + "\\fR";
        return option.arity().max() == 0 ? flag : flag + " \\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    /** picocli puts the default in where it prints its own help. */
    private static String described(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        return text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
    }

    private void definitions(String section, Iterable<ManualTexts.Definition> all) {
        section(section);
        for (ManualTexts.Definition one : all) {
            definition("\\fB" + escaped(one.term()) + "\\fR", one.meaning());
        }
    }

    private void definition(String term, String meaning) {
        lines.add(".TP");
        lines.add(term);
        lines.add(escaped(meaning));
    }

    private void paragraph(String text) {
        lines.add(".PP");
        lines.add(escaped(text));
    }

    private void section(String name) {
        lines.add(".SH " + name);
    }

    private void macro(String name, String... arguments) {
        StringBuilder line = new StringBuilder("." + name);
        for (String argument : arguments) {
            line.append(" \"").append(escaped(argument)).append('"');
        }
        lines.add(line.toString());
    }

    /** A hyphen would become a typographic one, which nobody can copy; a point at the start would be a request. */
    static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
