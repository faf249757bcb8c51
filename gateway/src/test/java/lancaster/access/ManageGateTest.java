package lancaster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import lancaster.access.ManageGate.Entered;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in and who doesn't. */
class ManageGateTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String PASSWORD = "correct horse battery";
    private static final String DESK = "192.0.2.1:50000";
    private static final int QUEUE = 3;

    @TempDir
    Path folder;

    private long nowNs;
    /** Passwords that wait to be hashed; nothing waits while {@link #atOnce}. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private boolean atOnce = true;
    private OneTimeSecret secret;
    private ManageGate gate;

    @BeforeEach
    void open() throws Exception {
        SecureRandom random = new SecureRandom();
        secret = new OneTimeSecret(folder, random, () -> NOON.plusNanos(nowNs));
        gate = new ManageGate(
                new ManageGate.Parts(
                        new AccountStore(folder),
                        secret,
                        new LocalToken(folder, random),
                        new AuditLog(folder, Runnable::run),
                        Runnable::run,
                        this::work,
                        random,
                        () -> NOON.plusNanos(nowNs),
                        () -> nowNs),
                new AccessSettings(3, Duration.ofSeconds(30)),
                new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(2)));
    }

    private void work(Runnable task) {
        if (atOnce) {
            task.run();
        } else if (waiting.size() < QUEUE) {
            waiting.add(task);
        } else {
            throw new RejectedExecutionException();
        }
    }

    @Test
    void theFirstComesInByTheOneTimeSecretOnce() throws Exception {
        String shown = secret.make(false);
        assertTrue(gate.isNew());
        assertFails(WrongException.class, gate.setUp("guessed", "anna", PASSWORD, DESK));
        Entered entered =
                gate.setUp(shown, "Anna", PASSWORD, DESK).toCompletableFuture().join();
        assertEquals(new Principal("anna", Role.ADMINISTER), entered.who());
        assertFalse(gate.isNew());
        assertEquals(Optional.of(entered.who()), gate.bySession(entered.session()));
        assertFails(WrongException.class, gate.setUp(shown, "eve", PASSWORD, "192.0.2.9:1"));
        assertFalse(Files.exists(secret.file()));
    }

    @Test
    void ofTwoWithTheSameSecretOneComesIn() throws Exception {
        String shown = secret.make(false);
        atOnce = false;
        CompletionStage<Entered> first = gate.setUp(shown, "anna", PASSWORD, DESK);
        CompletionStage<Entered> second = gate.setUp(shown, "eve", PASSWORD, "192.0.2.9:1");
        waiting.forEach(Runnable::run);
        first.toCompletableFuture().join();
        assertFails(WrongException.class, second);
        assertEquals(1, gate.desk().accounts().accounts().size());
    }

    @Test
    void aSecretForWhoForgotHisPasswordIsGoodForAnHour() throws Exception {
        anna();
        String shown = secret.make(true);
        nowNs = Duration.ofMinutes(61).toNanos();
        assertFails(WrongException.class, gate.setUp(shown, "anna", PASSWORD, DESK));
        shown = secret.make(true);
        gate.setUp(shown, "anna", "another password", DESK)
                .toCompletableFuture()
                .join();
        login("anna", "another password");
    }

    @Test
    void aWrongNameIsAnsweredAsAWrongPasswordIs() throws Exception {
        anna();
        assertFails(WrongException.class, gate.login("anna", "wrong password", DESK));
        assertFails(WrongException.class, gate.login("nobody", "wrong password", DESK));
        assertFails(WrongException.class, gate.login("no such name!", PASSWORD, DESK));
    }

    @Test
    void whoGuessesWaitsAndWhoIsRightDoesnt() throws Exception {
        anna();
        for (int i = 0; i < 3; i++) {
            assertFails(WrongException.class, gate.login("anna", "wrong password", "192.0.2.66:1"));
        }
        assertFails(WaitException.class, gate.login("anna", PASSWORD, "192.0.2.66:2"));
        login("anna", PASSWORD);
        nowNs += Duration.ofSeconds(2).toNanos();
        gate.login("anna", PASSWORD, "192.0.2.66:3").toCompletableFuture().join();
    }

    @Test
    void guessingFromManyAddressesIsSlowToo() throws Exception {
        anna();
        int looked = 0;
        for (int i = 0; i < 50; i++) {
            CompletionStage<Entered> attempt = gate.login("anna", "wrong password", "198.51.100." + i + ":1");
            looked += cause(attempt) instanceof WrongException ? 1 : 0;
        }
        assertEquals(3, looked);
        assertFails(WaitException.class, gate.login("anna", PASSWORD, "203.0.113.1:1"));
        login("anna", PASSWORD);
    }

    @Test
    void manyAtOnceDontSlipThrough() throws Exception {
        anna();
        atOnce = false;
        List<CompletionStage<Entered>> attempts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.add(gate.login("anna", "wrong password", "192.0.2.66:" + i));
        }
        assertEquals(3, waiting.size(), "of " + attempts.size());
    }

    @Test
    void aFloodOfLoginsIsTurnedAway() throws Exception {
        anna();
        atOnce = false;
        for (int i = 0; i < QUEUE; i++) {
            var unused = gate.login("user" + i, "wrong password", "198.51.100." + i + ":1");
        }
        assertFails(BusyException.class, gate.login("anna", PASSWORD, DESK));
        assertEquals(QUEUE, waiting.size());
    }

    @Test
    void aSessionEndsWhenIdleOrOldOrClosed() throws Exception {
        anna();
        Entered idle = login("anna", PASSWORD);
        Entered busy = login("anna", PASSWORD);
        Entered closed = login("anna", PASSWORD);
        assertNotEquals(idle.session(), busy.session());
        gate.logout(closed.session());
        assertTrue(gate.bySession(closed.session()).isEmpty());
        for (int minutes = 20; minutes <= 120; minutes += 20) {
            nowNs = Duration.ofMinutes(minutes).toNanos();
            assertTrue(gate.bySession(busy.session()).isPresent(), minutes + " min");
        }
        assertTrue(gate.bySession(idle.session()).isEmpty());
        nowNs = Duration.ofMinutes(121).toNanos();
        assertTrue(gate.bySession(busy.session()).isEmpty());
        assertTrue(gate.bySession("").isEmpty());
    }

    @Test
    void aChangedPasswordEndsSessionsAndARoleCountsAtOnce() throws Exception {
        anna();
        gate.desk().add("ben", Role.VIEW, gate.desk().hash("ben", PASSWORD));
        Entered ben = login("ben", PASSWORD);
        gate.desk().setRole("ben", Role.OPERATE);
        assertEquals(Role.OPERATE, gate.bySession(ben.session()).orElseThrow().role());
        nowNs++;
        gate.desk().setPassword("ben", gate.desk().hash("ben", "another password"));
        assertTrue(gate.bySession(ben.session()).isEmpty());
        Entered again = login("ben", "another password");
        gate.desk().remove("ben");
        assertTrue(gate.bySession(again.session()).isEmpty());
    }

    @Test
    void sessionsAreBounded() throws Exception {
        anna();
        Entered first = login("anna", PASSWORD);
        Entered second = login("anna", PASSWORD);
        for (int i = 1; i < Sessions.MAX_OF_ONE_ACCOUNT; i++) {
            login("anna", PASSWORD);
        }
        assertTrue(gate.bySession(first.session()).isEmpty());
        assertTrue(gate.bySession(second.session()).isPresent());
    }

    @Test
    void aTokenIsGoodUntilItEndsOrIsRevoked() throws Exception {
        String token = gate.desk().addToken("cron", Role.OPERATE, Optional.of(NOON.plusSeconds(60)), "anna");
        assertTrue(token.startsWith("lan_") && token.length() > 50, "256 bits");
        assertEquals(Optional.of(new Principal("token:cron", Role.OPERATE)), gate.byToken(token));
        assertTrue(gate.byToken(token.substring(0, token.length() - 1) + '!').isEmpty());
        assertTrue(gate.byToken("").isEmpty());
        nowNs = Duration.ofSeconds(60).toNanos();
        assertTrue(gate.byToken(token).isEmpty());
        String other = gate.desk().addToken("other", Role.VIEW, Optional.empty(), "anna");
        gate.desk().removeToken("other");
        assertTrue(gate.byToken(other).isEmpty());
    }

    @Test
    void commandsOnTheBoxHaveATokenThatIsNewAtEveryStart() throws Exception {
        String first = LocalToken.read(folder);
        assertEquals(Optional.of(Principal.LOCAL), gate.byToken(first));
        open();
        assertTrue(gate.byToken(first).isEmpty());
        assertTrue(gate.byToken(LocalToken.read(folder)).isPresent());
    }

    @Test
    void theLogTellsWhoCameInAndWhoDidntAndHoldsNoSecret() throws Exception {
        Entered anna = anna();
        cause(gate.login("anna", "wrong password", "192.0.2.66:1"));
        List<AuditEntry> entries = gate.audit().last(10);
        assertEquals("this isn't right", entries.get(0).outcome());
        assertEquals("192.0.2.66:1", entries.get(0).from());
        assertEquals("done", entries.get(1).outcome());
        assertEquals("anna", entries.get(1).who());
        String all;
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(one -> !one.endsWith("local-token")).toList()) {
                text.append(Files.readString(file));
            }
            all = text.toString();
        }
        for (String hidden : List.of(PASSWORD, "wrong password", anna.session())) {
            assertFalse(all.contains(hidden));
        }
        assertFalse(anna.toString().contains(anna.session()));
    }

    @Test
    void everyAttemptIsNotedOnceWhateverBecomesOfIt() throws Exception {
        anna();
        login("anna", PASSWORD);
        cause(gate.login("no such name!", PASSWORD, DESK));
        cause(gate.login("anna", "x".repeat(5_000), DESK));
        cause(gate.setUp("guessed", "eve", "short", DESK));
        gate.confirm("Anna", PASSWORD, DESK).toCompletableFuture().join();
        assertFails(WrongException.class, gate.confirm("anna", "wrong password", DESK));
        assertEquals(
                List.of(
                        "somebody first login",
                        "anna login this isn't right",
                        "somebody login this isn't right",
                        "anna login done",
                        "anna first login with the one-time secret done"),
                gate.audit().last(10).stream()
                        .map(entry -> entry.who()
                                + ' '
                                + entry.what()
                                + (entry.what().equals("first login") ? "" : ' ' + entry.outcome()))
                        .toList());
    }

    @Test
    void aFloodOfGuessesIsSummedUp() throws Exception {
        anna();
        for (int i = 0; i < 1_000; i++) {
            cause(gate.login("anna", "wrong password", "198.51.100.7:1"));
        }
        nowNs += Duration.ofSeconds(10).toNanos();
        cause(gate.login("anna", "wrong password", "198.51.100.7:1"));
        List<AuditEntry> entries = gate.audit().last(1_000);
        assertTrue(entries.size() < 30, entries.size() + " entries");
        assertTrue(
                entries.get(0).outcome().endsWith(" before it aren't here"),
                entries.get(0).outcome());
    }

    private Entered anna() throws IOException {
        return gate.setUp(secret.make(false), "anna", PASSWORD, DESK)
                .toCompletableFuture()
                .join();
    }

    private Entered login(String name, String password) {
        return gate.login(name, password, DESK).toCompletableFuture().join();
    }

    private static void assertFails(Class<? extends Exception> kind, CompletionStage<?> attempt) {
        assertInstanceOf(kind, cause(attempt));
    }

    private static Throwable cause(CompletionStage<?> attempt) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> attempt.toCompletableFuture().join());
        return failure.getCause();
    }
}
