package lancaster.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a script shows in place of a login. The token itself is shown once, when it is made; only its digest is kept.
 *
 * @param digest SHA-256 of the token in hexadecimal
 * @param madeBy the account that made it
 * @param until when it stops being good
 */
public record ApiToken(String name, Role role, String digest, String madeBy, Instant created, Optional<Instant> until) {
    /** Tokens begin with this, so that people and scanners of leaks recognise them. */
    public static final String PREFIX = "lan_";

    boolean isGood(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }

    @Override
    public String toString() {
        return "ApiToken[" + name + ' ' + role + ']';
    }
}
