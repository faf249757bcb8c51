package lancaster.access;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Who is logged in. Sessions live in memory, by the digest of what the browser shows, and end with the program. From any
 * thread.
 */
final class Sessions {
    /** The one used longest ago goes first. */
    static final int MAX_SESSIONS = 1_000;

    static final int MAX_OF_ONE_ACCOUNT = 20;

    private static final class Session {
        final String account;
        final Instant passwordChanged;
        final long startedNs;
        long usedNs;

        Session(Account account, long nowNs) {
            this.account = account.name();
            passwordChanged = account.changed();
            startedNs = nowNs;
            usedNs = nowNs;
        }
    }

    private final SessionSettings settings;
    private final RandomGenerator random;
    private final LongSupplier nowNs;
    /** In the order of their last use. */
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** @param random fit for secrets */
    Sessions(SessionSettings settings, RandomGenerator random, LongSupplier nowNs) {
        this.settings = settings;
        this.random = random;
        this.nowNs = nowNs;
    }

    /** What the browser is to show from now on. */
    synchronized String open(Account account) {
        String secret = SecretText.create(random);
        sessions.values().removeIf(this::isOver);
        if (sessions.values().stream()
                        .filter(one -> one.account.equals(account.name()))
                        .count()
                >= MAX_OF_ONE_ACCOUNT) {
            removeOldest(account.name());
        }
        if (sessions.size() >= MAX_SESSIONS) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        sessions.put(SecretText.digest(secret), new Session(account, nowNs.getAsLong()));
        return secret;
    }

    /**
     * The account whose session this is; empty if it is none, over, or from before a change of password.
     *
     * @param uses whether somebody does something, so that it isn't idle
     */
    synchronized Optional<Account> find(String secret, Accounts accounts, boolean uses) {
        String digest = SecretText.digest(secret);
        Session session = sessions.get(digest);
        if (session == null) {
            return Optional.empty();
        }
        Optional<Account> account = accounts.account(session.account)
                .filter(one -> one.changed().equals(session.passwordChanged) && !isOver(session));
        if (account.isPresent() && uses) {
            session.usedNs = nowNs.getAsLong();
        } else if (account.isEmpty()) {
            sessions.remove(digest);
        }
        return account;
    }

    synchronized void close(String secret) {
        sessions.remove(SecretText.digest(secret));
    }

    private void removeOldest(String account) {
        for (Map.Entry<String, Session> entry : sessions.entrySet()) {
            if (entry.getValue().account.equals(account)) {
                sessions.remove(entry.getKey());
                return;
            }
        }
    }

    private boolean isOver(Session session) {
        long now = nowNs.getAsLong();
        return now - session.usedNs > settings.idle().toNanos()
                || now - session.startedNs > settings.lifetime().toNanos();
    }
}
