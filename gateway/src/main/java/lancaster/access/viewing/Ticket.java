package lancaster.access.viewing;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a viewer shows: a token, or the end and the signature of a signed address. Held to the letters that these are made
 * of, so that it can be written into playlists as it is. Never printed.
 */
public sealed interface Ticket {
    /** The parameters of a query that hold it. */
    String TOKEN = "token";

    String UNTIL = "until";
    String SIGN = "sign";

    /** Longer ones are nobody's. */
    int MAX_TOKEN_CHARS = 4096;

    /** As a query, to go on in the addresses below. */
    String query();

    record Token(String text) implements Ticket {
        @Override
        public String query() {
            return TOKEN + '=' + text;
        }

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    /** @param until seconds since 1970 */
    record Signed(long until, String signature) implements Ticket {
        @Override
        public String query() {
            return UNTIL + '=' + until + '&' + SIGN + '=' + signature;
        }

        @Override
        public String toString() {
            return "Signed[" + until + ']';
        }
    }

    /** What the parameters of these names hold; empty if that is no ticket. */
    static Optional<Ticket> of(Optional<String> token, Optional<String> until, Optional<String> sign) {
        if (token.isPresent()) {
            return token.filter(text -> text.length() <= MAX_TOKEN_CHARS
                            && Forms.TOKEN.matcher(text).matches())
                    .map(Token::new);
        }
        if (until.isEmpty() || sign.isEmpty()) {
            return Optional.empty();
        }
        boolean wellFormed = Forms.UNTIL.matcher(until.get()).matches()
                && Forms.SIGN.matcher(sign.get()).matches();
        return wellFormed ? Optional.of(new Signed(Long.parseLong(until.get()), sign.get())) : Optional.empty();
    }

    /** The letters of each. */
    final class Forms {
        private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        private static final Pattern UNTIL = Pattern.compile("[1-9][0-9]{0,11}");
        private static final Pattern SIGN = Pattern.compile("[A-Za-z0-9_-]{43}");

        private Forms() {}
    }
}
