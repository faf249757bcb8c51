package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.access.AccountDesk;
import lancaster.access.AccountStore;
import lancaster.access.AuditEntry;
import lancaster.access.AuditLog;
import lancaster.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Accounts and tokens by commands. */
class AccountCommandTest {
    @TempDir
    Path state;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state", state.toString()));
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(all.toArray(String[]::new));
    }

    private AccountDesk desk() {
        return new AccountDesk(new AccountStore(state.resolve("access")), new SecureRandom(), InstantSource.system());
    }

    @Test
    void theOneTimeSecretIsMadeOnceAndAnewWhenAskedFor() {
        assertEquals(0, run("account", "show-secret"), err::toString);
        String secret = out.toString();
        assertTrue(secret.matches("[a-z2-7]{20}\n"), secret);
        assertEquals(0, run("account", "show-secret"));
        assertEquals(secret, out.toString());
        assertEquals(0, run("account", "show-secret", "--new"));
        assertFalse(secret.equals(out.toString()));
    }

    @Test
    void tokensAreShownOnceAndRevoked() throws Exception {
        assertEquals(0, run("token", "create", "cron", "--role", "operate", "--valid", "90d"), err::toString);
        String token = out.toString();
        assertTrue(token.matches("lan_[a-z2-7]{52}\n"), token);
        assertEquals(0, run("token", "list"));
        assertTrue(out.toString().startsWith("cron\toperate\t20"), out::toString);
        assertEquals(64, run("token", "create", "cron", "--role", "view"));
        assertEquals(64, run("token", "create", "other", "--role", "anyone"));
        assertEquals(64, run("token", "create", "Other!", "--role", "view"));
        assertEquals(0, run("token", "revoke", "cron"));
        assertEquals(64, run("token", "revoke", "cron"));
        assertFalse(Files.readString(state.resolve("access/audit.log")).contains(token.strip()));
    }

    @Test
    void accountsAreListedChangedRemovedAndTheLogSaysSo() throws Exception {
        desk().add("anna", Role.ADMINISTER, desk().hash("anna", "correct horse battery"));
        desk().add("ben", Role.VIEW, desk().hash("ben", "correct horse battery"));
        assertEquals(0, run("account", "role", "ben", "operate"), err::toString);
        assertEquals(0, run("account", "list"));
        assertEquals("anna\tadminister\nben\toperate\n", out.toString());
        assertEquals(64, run("account", "remove", "anna"));
        assertTrue(err.toString().contains("nobody would be left who may administer"), err::toString);
        assertEquals(0, run("account", "remove", "ben"));
        List<AuditEntry> log = new AuditLog(state.resolve("access"), Runnable::run).last(5);
        assertEquals("remove account ben", log.get(0).what());
        assertEquals("command", log.get(0).from());
        assertEquals(Optional.empty(), log.get(0).role());
        assertEquals("make ben operate", log.get(1).what());
        assertEquals(2, log.size());
    }

    @Test
    void anAddressIsSigned() throws Exception {
        Path config = Files.writeString(
                state.resolve("lancaster.yaml"),
                "viewing: { secret: an utterly unguessable secret text }\nstreams: { live/a: {}, live/b: { viewing: open } }\n");
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        assertEquals(0, commands.execute("sign", "live/a", "-c", config.toString(), "--valid", "8h"), err::toString);
        assertTrue(out.toString().matches("\\?until=\\d{10}&sign=[A-Za-z0-9_-]{43}\n"), out::toString);
        assertEquals(78, commands.execute("sign", "live/b", "-c", config.toString()));
    }
}
