package lancaster.access;

import java.time.Duration;
import java.util.Optional;

/**
 * Who asks, and how.
 *
 * @param from address and port
 * @param secure whether by HTTPS
 * @param session what his browser shows; empty if he shows a token, or isn't known
 */
public record Caller(Principal who, String from, boolean secure, Optional<String> session) {
    private static final String COOKIE = "lancaster-session";
    /** Browsers take such a cookie by HTTPS and for this host alone (RFC 6265bis §4.1.3.2). */
    private static final String SECURE_COOKIE = "__Host-lancaster-session";

    /** A caller on the box itself. */
    public static Caller local() {
        return new Caller(Principal.LOCAL, "127.0.0.1:0", false, Optional.empty());
    }

    /** Browsers don't tell cookies of one port from those of another; so HTTP and HTTPS have each their own. */
    public static String cookieName(boolean secure) {
        return secure ? SECURE_COOKIE : COOKIE;
    }

    /** The value of Set-Cookie that gives the browser a session, until it is closed or {@code lifetime} is over. */
    public String setCookie(String session, Duration lifetime) {
        return cookieName(secure) + '=' + session + "; Path=/; Max-Age=" + lifetime.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }

    @Override
    public String toString() {
        return "Caller[" + who + ' ' + from + ']';
    }
}
