package lancaster.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import lancaster.access.ApiToken;
import lancaster.access.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token create|revoke|list}. A running gateway follows at once. */
@Command(
        name = "token",
        synopsisSubcommandLabel = "create|revoke|list",
        description = "What scripts show to the API, as `Authorization: Bearer TOKEN`.")
final class TokenCommand implements Runnable {
    private static final String NAME = "What the token is called; it isn't the token.";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Command(description = "Make a token and print it; it can't be printed again.")
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = Role.WORDS) Role role,
            @Option(names = "--valid", paramLabel = "DURATION", description = "Such as 90d. Default: for ever.")
                    Optional<Duration> valid) {
        AccessFolder folder = folder();
        String madeBy = System.getProperty("user.name", "somebody");
        String token = folder.change("create token " + name + " as " + role.word(), () -> folder.desk()
                .addToken(name, role, valid.map(InstantSource.system().instant()::plus), madeBy));
        out().println(token);
        return ExitCode.OK;
    }

    @Command(description = "Revoke a token, at once.")
    int revoke(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        AccessFolder folder = folder();
        folder.change("revoke token " + name, () -> {
            folder.desk().removeToken(name);
            return name;
        });
        return ExitCode.OK;
    }

    @Command(description = "List tokens, their roles and until when they are good.")
    int list() {
        for (ApiToken token : folder().desk().accounts().tokens()) {
            String until = token.until().map(Object::toString).orElse("for ever");
            out().println(token.name() + '\t' + token.role().word() + '\t' + until + '\t' + token.madeBy());
        }
        return ExitCode.OK;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What about tokens: create, revoke or list?");
    }

    private AccessFolder folder() {
        return new AccessFolder(state.folder());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
