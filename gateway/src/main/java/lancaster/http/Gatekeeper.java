package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.InetSocketAddress;
import java.util.Optional;
import lancaster.access.Caller;
import lancaster.access.ManageGate;
import lancaster.access.Principal;
import lancaster.access.Role;

/**
 * Finds out who asks to manage the box, before anything is done for him: by the token of a script, or by the session of a
 * browser. A browser must show besides that it is our own page that asks, not one of another origin that drives it (CSRF).
 */
final class Gatekeeper {
    /** Pages of ours send it along with whatever changes something; others can't without being asked first. */
    static final HttpString OWN_PAGE = new HttpString("X-Lancaster-Request");

    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
    private static final String BEARER = "Bearer ";

    /** What somebody is told whom nobody knows. */
    static final Refused STRANGER = new Refused(
            401, "This needs a login, or a token: Authorization: Bearer TOKEN.", "Bearer realm=\"lancaster\"");

    private final ManageGate gate;
    private final boolean httpsOffered;

    /** Who asks, or why he isn't let in. */
    sealed interface Finding permits Known, Refused {}

    record Known(Caller caller) implements Finding {}

    /** @param challenge for the header WWW-Authenticate (RFC 6750 §3); empty for none */
    record Refused(int status, String detail, String challenge) implements Finding {}

    /** @param httpsOffered whether there is HTTPS, so that secrets needn't come in the clear */
    Gatekeeper(ManageGate gate, boolean httpsOffered) {
        this.gate = gate;
        this.httpsOffered = httpsOffered;
    }

    Finding find(HttpServerExchange exchange) {
        return find(exchange, true);
    }

    /** Whether who asked is still let in, while an answer without end goes on. */
    boolean isStillLetIn(HttpServerExchange exchange, Role needed) {
        return find(exchange, false) instanceof Known known
                && known.caller().who().role().covers(needed);
    }

    private Finding find(HttpServerExchange exchange, boolean uses) {
        boolean secure = exchange.isSecure();
        if (httpsOffered && !secure && !isLoopback(exchange)) {
            return new Refused(403, "Manage this box by HTTPS, which it offers.", "");
        }
        String from = from(exchange);
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        if (authorization != null) {
            return byToken(authorization, from, secure);
        }
        Optional<String> foreign = foreign(exchange);
        if (foreign.isPresent()) {
            return new Refused(403, foreign.get(), "");
        }
        Optional<String> session = session(exchange);
        Optional<Principal> who = session.flatMap(shown -> gate.bySession(shown, uses));
        if (who.isPresent()
                && !isRead(exchange)
                && !exchange.getRequestHeaders().contains(OWN_PAGE)) {
            return new Refused(403, "What changes something needs the header " + OWN_PAGE + ": 1.", "");
        }
        return new Known(
                new Caller(who.orElse(Principal.UNKNOWN), from, secure, session.filter(any -> who.isPresent())));
    }

    private Finding byToken(String authorization, String from, boolean secure) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Refused(401, "This takes a token: Authorization: Bearer TOKEN.", "Bearer realm=\"lancaster\"");
        }
        Optional<Principal> who =
                gate.byToken(authorization.substring(BEARER.length()).strip());
        return who.isPresent()
                ? new Known(new Caller(who.get(), from, secure, Optional.empty()))
                : new Refused(401, "This token isn't good.", "Bearer realm=\"lancaster\", error=\"invalid_token\"");
    }

    /** Whether who asks has this role; if not, he has been told. */
    boolean letsIn(HttpServerExchange exchange, Role needed) {
        Finding finding = find(exchange);
        if (finding instanceof Known known && known.caller().who().role().covers(needed)) {
            return true;
        }
        Refused refused = finding instanceof Refused found ? found : STRANGER;
        if (!refused.challenge().isEmpty()) {
            exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, refused.challenge());
        }
        Answers.text(exchange, refused.status(), refused.detail());
        return false;
    }

    /** Who watches by being logged in, whatever the rule of the stream; nobody where another page shows it. */
    boolean isKnown(HttpServerExchange exchange) {
        return session(exchange).isPresent()
                && find(exchange) instanceof Known known
                && known.caller().who().role() != Role.ANYONE;
    }

    /** Why the page that asks isn't ours; empty if it is, or if no browser asks. */
    private static Optional<String> foreign(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String site = headers.getFirst(FETCH_SITE);
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return Optional.of("A page of another origin can't do this.");
        }
        String origin = headers.getFirst(Headers.ORIGIN);
        String own = exchange.getRequestScheme() + "://" + headers.getFirst(Headers.HOST);
        return origin == null || origin.equalsIgnoreCase(own)
                ? Optional.empty()
                : Optional.of("A page of another origin can't do this.");
    }

    private static Optional<String> session(HttpServerExchange exchange) {
        Cookie cookie = exchange.getRequestCookie(Caller.cookieName(exchange.isSecure()));
        return Optional.ofNullable(cookie).map(Cookie::getValue);
    }

    private static boolean isRead(HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        return method.equals(Methods.GET) || method.equals(Methods.HEAD) || method.equals(Methods.OPTIONS);
    }

    private static boolean isLoopback(HttpServerExchange exchange) {
        InetSocketAddress source = exchange.getSourceAddress();
        return source != null
                && source.getAddress() != null
                && source.getAddress().isLoopbackAddress();
    }

    /** {@code ADDRESS:PORT}, IPv6 in brackets. */
    static String from(HttpServerExchange exchange) {
        InetSocketAddress source = exchange.getSourceAddress();
        if (source == null || source.getAddress() == null) {
            return "unknown:0";
        }
        String host = source.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + source.getPort();
    }
}
