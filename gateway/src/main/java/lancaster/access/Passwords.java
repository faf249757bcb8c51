package lancaster.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import lancaster.access.crypto.PasswordHash;

/** Hashes passwords on a thread of its own; what more than a few ask for at once is turned away. From any thread. */
final class Passwords {
    /** NIST SP 800-63B §5.1.1 asks for 8; nothing here forces changes or kinds of characters. */
    static final int MIN_CHARS = 10;

    static final int MAX_CHARS = 200;

    private final Executor worker;
    private final RandomGenerator random;
    /** What is compared where there is no such account, so that the time tells nobody which there are. */
    private final PasswordHash nobody;

    /**
     * @param worker few threads with a short queue; it throws {@link RejectedExecutionException} when that is full
     * @param random fit for secrets
     */
    Passwords(Executor worker, RandomGenerator random) {
        this.worker = worker;
        this.random = random;
        byte[] none = new byte[32];
        random.nextBytes(none);
        nobody = new PasswordHash(
                PasswordHash.MEMORY_KIB,
                PasswordHash.PASSES,
                "AAAAAAAAAAAAAAAAAAAAAA",
                java.util.Base64.getEncoder().withoutPadding().encodeToString(none));
    }

    /** Why {@code password} can't be one; an empty text if it can. */
    static String problem(String name, String password) {
        int chars = password.codePointCount(0, password.length());
        if (chars < MIN_CHARS) {
            return "a password needs at least " + MIN_CHARS + " characters";
        }
        if (chars > MAX_CHARS) {
            return "a password has at most " + MAX_CHARS + " characters";
        }
        boolean trivial = password.equalsIgnoreCase(name)
                || password.codePoints().distinct().count() < 4;
        return trivial ? "this password is easily guessed" : "";
    }

    /** Fails with {@link BusyException} where too many wait already. */
    CompletionStage<PasswordHash> hash(String password) {
        return run(() -> PasswordHash.of(password, random));
    }

    CompletionStage<Boolean> matches(java.util.Optional<Account> account, String password) {
        PasswordHash hash = account.map(Account::password).orElse(nobody);
        return run(() -> hash.matches(password) && account.isPresent());
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, worker);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new BusyException());
        }
    }
}
