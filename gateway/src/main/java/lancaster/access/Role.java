package lancaster.access;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do here; each may do what those before it may. */
public enum Role {
    /** Of callers who aren't known: log in. No account and no token has it. */
    ANYONE,
    /** See what runs. */
    VIEW,
    /** Start, stop and change what runs, too. */
    OPERATE,
    /** All, secrets and the configuration too. */
    ADMINISTER;

    /** The words that accounts and tokens may have. */
    public static final String WORDS = "view, operate or administer";

    /** Whether this role suffices where {@code needed} is asked for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As people, files and the API write it: {@code view}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One of {@link #WORDS}. */
    public static Optional<Role> parse(String word) {
        for (Role role : values()) {
            if (role != ANYONE && role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
