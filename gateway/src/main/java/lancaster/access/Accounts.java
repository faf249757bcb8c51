package lancaster.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All accounts and tokens, at one moment. */
public record Accounts(List<Account> accounts, List<ApiToken> tokens) {
    public static final Accounts NONE = new Accounts(List.of(), List.of());

    /** Of each; more than people keep an eye on. */
    static final int LIMIT = 500;

    public Accounts {
        accounts = List.copyOf(accounts);
        tokens = List.copyOf(tokens);
    }

    public Optional<Account> account(String name) {
        return accounts.stream().filter(account -> account.name().equals(name)).findFirst();
    }

    public Optional<ApiToken> token(String name) {
        return tokens.stream().filter(token -> token.name().equals(name)).findFirst();
    }

    /** Adds an account, or puts it in the place of the one of that name. */
    Accounts with(Account account) {
        return new Accounts(
                replaced(accounts, other -> other.name().equals(account.name()), Optional.of(account)), tokens);
    }

    Accounts withoutAccount(String name) {
        return new Accounts(replaced(accounts, other -> other.name().equals(name), Optional.empty()), tokens);
    }

    Accounts with(ApiToken token) {
        return new Accounts(accounts, replaced(tokens, other -> other.name().equals(token.name()), Optional.of(token)));
    }

    Accounts withoutToken(String name) {
        return new Accounts(accounts, replaced(tokens, other -> other.name().equals(name), Optional.empty()));
    }

    /** Whether somebody is left who may make accounts. */
    boolean hasAdministrator() {
        return accounts.stream().anyMatch(account -> account.role() == Role.ADMINISTER);
    }

    private static <T> List<T> replaced(List<T> all, Predicate<T> which, Optional<T> by) {
        List<T> changed = new ArrayList<>();
        boolean placed = false;
        for (T one : all) {
            if (!which.test(one)) {
                changed.add(one);
            } else if (by.isPresent()) {
                changed.add(by.get());
                placed = true;
            }
        }
        if (by.isPresent() && !placed) {
            changed.add(by.get());
        }
        return changed;
    }
}
