package lancaster.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Conditional requests and content negotiation (RFC 9110 §13, §12.5.3). */
final class Conditions {
    private Conditions() {}

    /** Whether the client has it already. A time counts only where no entity tags are given (§13.2.2). */
    static boolean isUnchanged(HttpServerExchange exchange, String etag, Optional<Instant> modified) {
        HeaderValues tags = exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH);
        if (tags != null) {
            for (String list : tags) {
                if (names(list, etag)) {
                    return true;
                }
            }
            return false;
        }
        String since = exchange.getRequestHeaders().getFirst(Headers.IF_MODIFIED_SINCE);
        if (since == null || modified.isEmpty()) {
            return false;
        }
        Instant second = modified.get().truncatedTo(ChronoUnit.SECONDS);
        return HttpDate.parse(since).filter(date -> !second.isAfter(date)).isPresent();
    }

    /** Whether a Range counts: it does unless If-Range names other bytes (§13.1.5). */
    static boolean rangeCounts(HttpServerExchange exchange, String etag) {
        String ifRange = exchange.getRequestHeaders().getFirst(Headers.IF_RANGE);
        return ifRange == null || ifRange.equals(etag);
    }

    /** Whether a list of entity tags has {@code etag}, by weak comparison (§8.8.3.2). */
    private static boolean names(String list, String etag) {
        if (list.equals(etag)) {
            return true;
        }
        int at = list.indexOf(etag);
        return at >= 0 || list.strip().equals("*");
    }

    static boolean acceptsGzip(HttpServerExchange exchange) {
        HeaderValues values = exchange.getRequestHeaders().get(Headers.ACCEPT_ENCODING);
        if (values == null) {
            return false;
        }
        for (String value : values) {
            if (acceptsGzip(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptsGzip(String codings) {
        int from = 0;
        while (from < codings.length()) {
            int comma = codings.indexOf(',', from);
            int end = comma < 0 ? codings.length() : comma;
            String coding = codings.substring(from, end).strip().toLowerCase(Locale.ROOT);
            if (coding.equals("gzip") || coding.equals("*")) {
                return true;
            }
            if (coding.startsWith("gzip;") || coding.startsWith("gzip ")) {
                return !isZero(coding.substring(coding.indexOf("q=") + 2));
            }
            from = end + 1;
        }
        return false;
    }

    /** A weight of 0 means never (§12.4.2). */
    private static boolean isZero(String weight) {
        return weight.chars().noneMatch(c -> c >= '1' && c <= '9');
    }
}
