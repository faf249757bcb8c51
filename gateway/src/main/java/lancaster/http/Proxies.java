package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import lancaster.access.AddressRange;
import lancaster.http.ForwardedHops.Hop;

/**
 * Puts who asks through a trusted proxy in the proxy's place, before anybody looks: for rules of viewing, for limits and
 * for logs. What others say of where they come from counts for nothing (RFC 7239 §8.1).
 */
final class Proxies {
    private static final HttpString FORWARDED = new HttpString("Forwarded");
    /** An address that nobody has: who comes from there is in no network and no loopback. */
    private static final InetAddress NOBODY = new InetSocketAddress("0.0.0.0", 0).getAddress();

    private final List<AddressRange> trusted;

    /** @param trusted proxies */
    Proxies(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    void see(HttpServerExchange exchange) {
        if (trusted.isEmpty()) {
            return;
        }
        InetSocketAddress peer = exchange.getSourceAddress();
        if (peer == null || peer.getAddress() == null || !isTrusted(peer.getAddress())) {
            return;
        }
        HeaderMap headers = exchange.getRequestHeaders();
        Optional<Hop> client = client(
                text(headers, FORWARDED),
                text(headers, Headers.X_FORWARDED_FOR),
                text(headers, Headers.X_FORWARDED_PROTO).orElse(""));
        if (client.isPresent()) {
            exchange.setSourceAddress(
                    new InetSocketAddress(client.get().address().orElse(NOBODY), 0));
            client.get().https().ifPresent(https -> exchange.setRequestScheme(https ? "https" : "http"));
        }
    }

    /**
     * Who asked the first of the proxies that are trusted; empty if the last one asks for itself. A proxy may hand on a
     * header that it doesn't write, as its client made it up: where both are there they must agree.
     */
    Optional<Hop> client(Optional<String> forwarded, Optional<String> forwardedFor, String proto) {
        Optional<Hop> newer = forwarded.map(text -> first(ForwardedHops.forwarded(text)));
        Optional<Hop> older = forwardedFor.map(text -> first(ForwardedHops.forwardedFor(text, proto)));
        if (newer.isPresent() && older.isPresent()) {
            boolean agree = newer.get().address().equals(older.get().address());
            return Optional.of(agree ? newer.get() : Hop.UNKNOWN);
        }
        return newer.or(() -> older);
    }

    /** From the end on, as long as they are trusted: what stands before a stranger he may have made up. */
    private Hop first(List<Hop> hops) {
        Hop found = Hop.UNKNOWN;
        for (int i = hops.size() - 1; i >= 0; i--) {
            found = hops.get(i);
            if (found.address().isEmpty() || !isTrusted(found.address().get())) {
                break;
            }
        }
        return found;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** A header that comes several times is one list (RFC 9110 §5.3). */
    private static Optional<String> text(HeaderMap headers, HttpString name) {
        HeaderValues values = headers.get(name);
        return values == null ? Optional.empty() : Optional.of(String.join(",", values));
    }
}
