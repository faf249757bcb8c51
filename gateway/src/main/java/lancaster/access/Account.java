package lancaster.access;

import java.time.Instant;
import java.util.regex.Pattern;
import lancaster.access.crypto.PasswordHash;

/**
 * Somebody who logs in with a password.
 *
 * @param changed when the password was set; sessions from before are over
 */
public record Account(String name, Role role, PasswordHash password, Instant changed) {
    public static final String NAME_FORM =
            "letters a to z, digits, and . _ @ - after the first of them; at most 64 characters";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    /** Whether accounts and tokens can be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    Account withRole(Role other) {
        return new Account(name, other, password, changed);
    }

    Account withPassword(PasswordHash fresh, Instant now) {
        return new Account(name, role, fresh, now);
    }
}
