package lancaster.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import lancaster.access.AccountDesk;
import lancaster.access.AccountStore;
import lancaster.access.AuditEntry;
import lancaster.access.AuditLog;
import lancaster.access.OneTimeSecret;
import lancaster.access.RefusedException;

/** The accounts of a state directory, for commands. A running gateway sees what they change at its next look. */
final class AccessFolder {
    private final Path folder;
    private final SecureRandom random = new SecureRandom();
    private final AccountDesk desk;
    private final AuditLog audit;

    AccessFolder(Path state) {
        folder = state.resolve("access");
        desk = new AccountDesk(new AccountStore(folder), random, InstantSource.system());
        audit = new AuditLog(folder, Runnable::run);
    }

    AccountDesk desk() {
        return desk;
    }

    OneTimeSecret oneTimeSecret() {
        return new OneTimeSecret(folder, random, InstantSource.system());
    }

    /** What a command does with the accounts. */
    interface Work<T> {
        T run() throws IOException, RefusedException;
    }

    /** Looks, and changes nothing. */
    <T> T look(Work<T> work) {
        try {
            return work.run();
        } catch (RefusedException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(ExitCode.CANT_CREATE, "the accounts in " + folder + " can't be used: " + e);
        }
    }

    /** Does it, and notes it. */
    <T> T change(String what, Work<T> work) {
        T result = look(work);
        note(what);
        return result;
    }

    /** Notes what a command has done. */
    void note(String what) {
        audit.add(new AuditEntry(
                InstantSource.system().instant(),
                System.getProperty("user.name", "somebody"),
                Optional.empty(),
                "command",
                what,
                AuditEntry.DONE));
    }
}
