package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.Optional;
import lancaster.access.viewing.Ticket;
import lancaster.access.viewing.Verdict;
import lancaster.access.viewing.ViewingGate;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/**
 * Asks, for every handler of every format, whether who asks may watch a stream, and answers him if he may not. What is
 * let in by a ticket gets it into the addresses below, so that players show it again.
 */
final class Viewers {
    private static final String BEARER = "Bearer ";

    private final ViewingGate gate;
    private final Gatekeeper keeper;

    Viewers(ViewingGate gate, Gatekeeper keeper) {
        this.gate = gate;
        this.keeper = keeper;
    }

    /**
     * How somebody who may watch does.
     *
     * @param personal whether no cache may hand on what he gets
     * @param anyPage whether pages of other origins may read it, where they make his browser ask
     * @param query what must stand behind the addresses in playlists and manifests; empty if nothing
     */
    record Pass(boolean personal, boolean anyPage, String query) {
        static final Pass OPEN = new Pass(false, true, "");
        private static final Pass PERSONAL = new Pass(true, false, "");

        /** The value of Cache-Control for an answer that may be kept for so long. */
        String cacheControl(long maxAgeS) {
            return (personal ? "private, max-age=" : "max-age=") + maxAgeS;
        }
    }

    /** Empty if he may not, and has been told. */
    Optional<Pass> admit(HttpServerExchange exchange, String path) {
        Optional<Pass> pass = judge(exchange, path);
        if (pass.isEmpty()) {
            Verdict verdict = verdict(exchange, path);
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            Answers.text(exchange, 403, verdict.reason());
        } else if (!pass.get().anyPage()) {
            // Let in for where he is, or for his login: a page that he happens to visit elsewhere must not read it.
            Answers.keepFromOtherOrigins(exchange);
        }
        return pass;
    }

    /** Whether {@code path} may be shown to him in a list. */
    boolean mayKnow(HttpServerExchange exchange, String path) {
        return judge(exchange, path).isPresent();
    }

    private Optional<Pass> judge(HttpServerExchange exchange, String path) {
        Verdict verdict = verdict(exchange, path);
        return switch (verdict.kind()) {
            case OPEN -> Optional.of(Pass.OPEN);
            case BY_TICKET ->
                Optional.of(new Pass(
                        true, true, inQuery(exchange).map(Ticket::query).orElse("")));
            case BY_ADDRESS -> Optional.of(Pass.PERSONAL);
            case REFUSED -> keeper.isKnown(exchange) ? Optional.of(Pass.PERSONAL) : Optional.empty();
        };
    }

    /** What is no path of a stream there is nothing of, for nobody. */
    private Verdict verdict(HttpServerExchange exchange, String path) {
        try {
            Optional<Ticket> ticket = inQuery(exchange).or(() -> inHead(exchange));
            return gate.judge(StreamPath.parse(path), address(exchange), ticket);
        } catch (ProtocolException e) {
            return Verdict.OPEN;
        }
    }

    private static InetAddress address(HttpServerExchange exchange) {
        InetSocketAddress source = exchange.getSourceAddress();
        return source == null || source.getAddress() == null ? InetAddress.getLoopbackAddress() : source.getAddress();
    }

    private static Optional<Ticket> inQuery(HttpServerExchange exchange) {
        if (exchange.getQueryString().isEmpty()) {
            return Optional.empty();
        }
        return Ticket.of(
                parameter(exchange, Ticket.TOKEN), parameter(exchange, Ticket.UNTIL), parameter(exchange, Ticket.SIGN));
    }

    private static Optional<Ticket> inHead(HttpServerExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        return authorization != null && authorization.startsWith(BEARER)
                ? Ticket.of(Optional.of(authorization.substring(BEARER.length())), Optional.empty(), Optional.empty())
                : Optional.empty();
    }

    private static Optional<String> parameter(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null || values.size() != 1 ? Optional.empty() : Optional.of(values.getFirst());
    }
}
