package lancaster.access;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.access.crypto.PasswordHash;

/** Makes and changes accounts and tokens, by the rules. Waits for the disk. From any thread. */
public final class AccountDesk {
    private final AccountStore store;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** @param random fit for secrets */
    public AccountDesk(AccountStore store, RandomGenerator random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    public Accounts accounts() {
        return store.accounts();
    }

    /** Hashes a password that may be one; takes a while. */
    public PasswordHash hash(String name, String password) throws RefusedException {
        checkPassword(name, password);
        return PasswordHash.of(password, random);
    }

    static void checkPassword(String name, String password) throws RefusedException {
        String problem = Passwords.problem(name, password);
        if (!problem.isEmpty()) {
            throw new RefusedException(problem);
        }
    }

    public void add(String name, Role role, PasswordHash password) throws IOException, RefusedException {
        checkName(name);
        checkRole(role);
        store.change(present -> {
            if (present.account(name).isPresent()) {
                throw new RefusedException("there is an account " + name + " already");
            }
            checkRoom(present.accounts().size());
            return present.with(new Account(name, role, password, clock.instant()));
        });
    }

    /** Makes an administrator, or makes one of the account that is there. */
    void addAdministrator(String name, PasswordHash password) throws IOException, RefusedException {
        checkName(name);
        store.change(present -> present.with(new Account(name, Role.ADMINISTER, password, clock.instant())));
    }

    public void setRole(String name, Role role) throws IOException, RefusedException {
        checkRole(role);
        store.change(
                present -> checked(present, present.with(existing(present, name).withRole(role))));
    }

    /** Ends the sessions of that account too. */
    public void setPassword(String name, PasswordHash password) throws IOException, RefusedException {
        store.change(present -> present.with(existing(present, name).withPassword(password, clock.instant())));
    }

    public void remove(String name) throws IOException, RefusedException {
        store.change(present -> {
            existing(present, name);
            return checked(present, present.withoutAccount(name));
        });
    }

    /**
     * Makes a token.
     *
     * @return what scripts are to show; it can't be had again
     */
    public String addToken(String name, Role role, Optional<Instant> until, String madeBy)
            throws IOException, RefusedException {
        checkName(name);
        checkRole(role);
        String token = ApiToken.PREFIX + SecretText.create(random);
        store.change(present -> {
            if (present.token(name).isPresent()) {
                throw new RefusedException("there is a token " + name + " already");
            }
            checkRoom(present.tokens().size());
            return present.with(new ApiToken(name, role, SecretText.digest(token), madeBy, clock.instant(), until));
        });
        return token;
    }

    public void removeToken(String name) throws IOException, RefusedException {
        store.change(present -> {
            if (present.token(name).isEmpty()) {
                throw new RefusedException("there is no token " + name);
            }
            return present.withoutToken(name);
        });
    }

    private static Account existing(Accounts present, String name) throws RefusedException {
        return present.account(name).orElseThrow(() -> new RefusedException("there is no account " + name));
    }

    private static Accounts checked(Accounts present, Accounts changed) throws RefusedException {
        if (present.hasAdministrator() && !changed.hasAdministrator()) {
            throw new RefusedException("nobody would be left who may administer");
        }
        return changed;
    }

    private static void checkName(String name) throws RefusedException {
        if (!Account.isName(name)) {
            throw new RefusedException("a name must be of " + Account.NAME_FORM);
        }
    }

    private static void checkRole(Role role) throws RefusedException {
        if (role == Role.ANYONE) {
            throw new RefusedException("a role is " + Role.WORDS);
        }
    }

    private static void checkRoom(int present) throws RefusedException {
        if (present >= Accounts.LIMIT) {
            throw new RefusedException("there are " + Accounts.LIMIT + " already, which is as many as there may be");
        }
    }
}
