package lancaster.access;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import lancaster.access.crypto.PasswordHash;

/**
 * Where those come in who manage the box: by password and then by session, by token, or by the one-time secret of who
 * can read the state directory. From any thread.
 */
public final class ManageGate {
    private final AccountStore store;
    private final AccountDesk desk;
    private final OneTimeSecret oneTime;
    private final LocalToken local;
    private final Passwords passwords;
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final AuditLog audit;
    private final Executor disk;
    private final InstantSource clock;
    private final LogBudget failuresNoted;

    /**
     * What the gate is made of.
     *
     * @param disk where files are written
     * @param worker where passwords are hashed: few threads with a short queue that turns away what is too much
     * @param random fit for secrets
     */
    public record Parts(
            AccountStore store,
            OneTimeSecret oneTime,
            LocalToken local,
            AuditLog audit,
            Executor disk,
            Executor worker,
            RandomGenerator random,
            InstantSource clock,
            LongSupplier nowNs) {}

    /**
     * Somebody who came in.
     *
     * @param session what his browser is to show from now on
     */
    public record Entered(Principal who, String session) {
        @Override
        public String toString() {
            return "Entered[" + who + ']';
        }
    }

    public ManageGate(Parts parts, AccessSettings access, SessionSettings settings) {
        store = parts.store();
        oneTime = parts.oneTime();
        local = parts.local();
        audit = parts.audit();
        disk = parts.disk();
        clock = parts.clock();
        desk = new AccountDesk(store, parts.random(), clock);
        passwords = new Passwords(parts.worker(), parts.random());
        sessions = new Sessions(settings, parts.random(), parts.nowNs());
        throttle = new LoginThrottle(access, parts.nowNs());
        failuresNoted = new LogBudget(parts.nowNs());
    }

    public AccountDesk desk() {
        return desk;
    }

    public AuditLog audit() {
        return audit;
    }

    /** Whether nobody has an account yet. */
    public boolean isNew() {
        return store.accounts().accounts().isEmpty();
    }

    /** Whose session this is; empty if nobody's, or over. */
    public Optional<Principal> bySession(String session) {
        return bySession(session, true);
    }

    /** @param uses whether somebody does something, so that the session isn't idle */
    public Optional<Principal> bySession(String session, boolean uses) {
        return sessions.find(session, store.accounts(), uses)
                .map(account -> new Principal(account.name(), account.role()));
    }

    /** Whose token this is; empty if nobody's, or over. */
    public Optional<Principal> byToken(String token) {
        if (!token.startsWith(ApiToken.PREFIX)) {
            return Optional.empty();
        }
        String digest = SecretText.digest(token);
        if (local.is(digest)) {
            return Optional.of(Principal.LOCAL);
        }
        Instant now = clock.instant();
        return store.accounts().tokens().stream()
                .filter(known -> known.digest().equals(digest) && known.isGood(now))
                .findFirst()
                .map(known -> new Principal("token:" + known.name(), known.role()));
    }

    /**
     * Logs in, and notes in the audit log that somebody did or tried. Fails with {@link WaitException}, {@link
     * BusyException}, or {@link WrongException} where name or password are wrong, whichever.
     *
     * @param from address, for the limit and the log
     */
    public CompletionStage<Entered> login(String name, String password, String from) {
        String account = account(name);
        return known(account, password, from)
                .thenApply(present -> enter(present, "login", from))
                .whenComplete((entered, failure) -> noteFailure(account, "login", from, failure));
    }

    /** Whether this is the password of who is in already. Fails as {@link #login} does, and is as limited. */
    public CompletionStage<Void> confirm(String name, String password, String from) {
        String account = account(name);
        return known(account, password, from).thenAccept(present -> throttle.succeeded(account, from));
    }

    private static String account(String name) {
        return name.toLowerCase(Locale.ROOT).strip();
    }

    private CompletionStage<Account> known(String account, String password, String from) {
        if (!Account.isName(account) || password.length() > Passwords.MAX_CHARS * 2) {
            return CompletableFuture.failedFuture(new WrongException());
        }
        return attempt(account, from).thenCompose(begun -> {
            Optional<Account> present = store.accounts().account(account);
            return passwords.matches(present, password).thenApply(right -> {
                if (!right || present.isEmpty()) {
                    throw new WrongException();
                }
                return present.get();
            });
        });
    }

    /**
     * Makes an administrator by the one-time secret, and logs him in. Fails as {@link #login} does, and with
     * {@link RefusedException} where name or password won't do.
     */
    public CompletionStage<Entered> setUp(String secret, String name, String password, String from) {
        String account = account(name);
        return newHash(secret, account, password, from)
                .thenApplyAsync(hash -> makeAdministrator(secret, account, hash), disk)
                .thenApply(made -> enter(made, "first login with the one-time secret", from))
                .whenComplete((entered, failure) -> noteFailure(account, "first login", from, failure));
    }

    private CompletionStage<PasswordHash> newHash(String secret, String account, String password, String from) {
        try {
            if (!Account.isName(account)) {
                throw new RefusedException("a name must be of " + Account.NAME_FORM);
            }
            AccountDesk.checkPassword(account, password);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return attempt(account, from)
                .thenComposeAsync(begun -> checked(secret) ? passwords.hash(password) : wrong(), disk);
    }

    public void logout(String session) {
        sessions.close(session);
    }

    /** Hashes a new password; fails with {@link RefusedException} or {@link BusyException}. */
    public CompletionStage<PasswordHash> hash(String name, String password) {
        try {
            AccountDesk.checkPassword(name, password);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return passwords.hash(password);
    }

    private CompletableFuture<Boolean> attempt(String account, String from) {
        try {
            throttle.begin(account, from);
            return CompletableFuture.completedFuture(true);
        } catch (WaitException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletionStage<PasswordHash> wrong() {
        return CompletableFuture.failedFuture(new WrongException());
    }

    private boolean checked(String secret) {
        try {
            return oneTime.isGood(secret);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Looks at the secret once more: of two who come at once with it, one comes in. */
    private Account makeAdministrator(String secret, String name, PasswordHash hash) {
        try {
            if (!oneTime.isGood(secret)) {
                throw new WrongException();
            }
            oneTime.spend();
            desk.addAdministrator(name, hash);
            return store.accounts().account(name).orElseThrow(WrongException::new);
        } catch (IOException | RefusedException e) {
            throw new CompletionException(e);
        }
    }

    private Entered enter(Account account, String what, String from) {
        throttle.succeeded(account.name(), from);
        audit.add(new AuditEntry(
                clock.instant(), account.name(), Optional.of(account.role()), from, what, AuditEntry.DONE));
        return new Entered(new Principal(account.name(), account.role()), sessions.open(account));
    }

    private void noteFailure(
            String account, String what, String from, @org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        OptionalLong unsaid = failuresNoted.take();
        if (unsaid.isPresent()) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            String more = unsaid.getAsLong() == 0 ? "" : "; " + unsaid.getAsLong() + " before it aren't here";
            // Who is in a hurry types his password where the name belongs.
            String who = store.accounts().account(account).map(Account::name).orElse("somebody");
            audit.add(new AuditEntry(clock.instant(), who, Optional.empty(), from, what, cause.getMessage() + more));
        }
    }
}
