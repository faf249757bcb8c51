package lancaster.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a query behind the addresses that a playlist or manifest holds. Pure functions. */
final class CarriedQuery {
    /** Attributes with addresses in HLS (RFC 8216bis §4.2) and in F4M. */
    private static final Pattern HLS_ATTRIBUTE = Pattern.compile("(URI=\")([^\"]*)(\")");

    private static final Pattern F4M_ATTRIBUTE = Pattern.compile("(\\s(?:url|href)=\")([^\"]*)(\")");

    private CarriedQuery() {}

    /** An HLS playlist: lines that are addresses, and attributes that hold some. */
    static String intoPlaylist(String playlist, String query) {
        StringBuilder out = new StringBuilder(playlist.length() + 64 * query.length());
        playlist.lines().forEach(line -> {
            if (line.startsWith("#")) {
                out.append(intoAttributes(HLS_ATTRIBUTE, line, query));
            } else {
                out.append(line.isBlank() ? line : behind(line, query));
            }
            out.append('\n');
        });
        return out.toString();
    }

    /** An F4M manifest; the ampersand is written as XML wants it. */
    static String intoManifest(String manifest, String query) {
        return intoAttributes(F4M_ATTRIBUTE, manifest, query.replace("&", "&amp;"));
    }

    private static String intoAttributes(Pattern attribute, String text, String query) {
        return attribute
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + behind(found.group(2), query) + found.group(3)));
    }

    private static String behind(String address, String query) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + query;
    }
}
