package lancaster.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lancaster.access.Account;
import lancaster.access.Role;
import lancaster.access.crypto.PasswordHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code account show-secret|add|password|role|remove|list}. A running gateway follows at once. */
@Command(
        name = "account",
        synopsisSubcommandLabel = "show-secret|add|password|role|remove|list",
        description = "Who may manage the gateway in the browser.")
final class AccountCommand implements Runnable {
    private static final String NAME = "The name of the account.";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Option(
            names = "--stdin",
            scope = ScopeType.INHERIT,
            description = "Read the password from standard input, one line, instead of asking for it.")
    boolean fromInput;

    @Command(
            name = "show-secret",
            description = "Print the one-time secret that makes an account at /admin/: the first one, or one for who"
                    + " forgot the password. It is made where there is none.")
    int showSecret(@Option(names = "--new", description = "Make a new one in its place.") boolean renew) {
        AccessFolder folder = folder();
        Optional<String> present = renew
                ? Optional.empty()
                : folder.look(() -> folder.oneTimeSecret().find());
        out().println(present.orElseGet(() -> folder.change("make a one-time secret", () -> {
            boolean accounts = !folder.desk().accounts().accounts().isEmpty();
            return folder.oneTimeSecret().make(accounts);
        })));
        return ExitCode.OK;
    }

    @Command(description = "Make an account; the password is asked for.")
    int add(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = Role.WORDS) Role role) {
        AccessFolder folder = folder();
        PasswordHash hash = folder.look(() -> folder.desk().hash(name, password()));
        folder.change("add account " + name + " as " + role.word(), () -> {
            folder.desk().add(name, role, hash);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "Change a password; the new one is asked for.")
    int password(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        AccessFolder folder = folder();
        PasswordHash hash = folder.look(() -> folder.desk().hash(name, password()));
        folder.change("change the password of " + name, () -> {
            folder.desk().setPassword(name, hash);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "Change what an account may do.")
    int role(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "ROLE", description = Role.WORDS) Role role) {
        AccessFolder folder = folder();
        folder.change("make " + name + ' ' + role.word(), () -> {
            folder.desk().setRole(name, role);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "Remove an account; who is logged in with it is out.")
    int remove(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        AccessFolder folder = folder();
        folder.change("remove account " + name, () -> {
            folder.desk().remove(name);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "List accounts and their roles.")
    int list() {
        for (Account account : folder().desk().accounts().accounts()) {
            out().println(account.name() + '\t' + account.role().word());
        }
        return ExitCode.OK;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What about accounts: show-secret, add, password, role, remove or list?");
    }

    private AccessFolder folder() {
        return new AccessFolder(state.folder());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Never from the command line, where others would see it. */
    private String password() throws IOException {
        if (fromInput) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return Optional.ofNullable(in.readLine()).orElse("");
        }
        // Without a terminal newer versions of Java give a console all the same, which reads from standard input.
        @SuppressWarnings("SystemConsoleNull")
        Console console = System.console();
        if (console == null) {
            throw new CommandException(
                    ExitCode.USAGE, "there is no terminal to ask for the password; --stdin reads it");
        }
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Once more: ");
        if (!Arrays.equals(first, second)) {
            throw new CommandException(ExitCode.USAGE, "these were two passwords");
        }
        return new String(first);
    }
}
