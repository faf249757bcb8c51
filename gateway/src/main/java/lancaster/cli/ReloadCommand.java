package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import lancaster.app.ControlSocket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reload}: tells a running gateway to read its configuration again, and says what it did. */
@Command(
        name = "reload",
        description = "Tell the running gateway to read its configuration again. Streams that it doesn't change go on"
                + " untouched; a file with errors changes nothing.")
final class ReloadCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    StateOption state = new StateOption();

    @Override
    public Integer call() {
        ControlSocket.Answer answer = reload(state.folder());
        boolean done = answer.outcome() == ControlSocket.Outcome.DONE;
        PrintWriter to = done ? spec.commandLine().getOut() : spec.commandLine().getErr();
        answer.lines().forEach(to::println);
        to.flush();
        return switch (answer.outcome()) {
            case DONE -> ExitCode.OK;
            case REFUSED -> ExitCode.CONFIG;
            case FAILED -> ExitCode.SOFTWARE;
        };
    }

    private static ControlSocket.Answer reload(Path folder) {
        try {
            return ControlSocket.reload(folder);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE,
                    "no gateway that was started with a configuration has its state in " + folder
                            + "; --state names another place (" + e.getMessage() + ")");
        }
    }
}
