package lancaster.segment;

import java.nio.charset.StandardCharsets;

/** Names as parts of relative URIs. */
public final class UriComponent {
    private UriComponent() {}

    /** Encodes all but unreserved characters: a colon, for one, would make the name a scheme (RFC 3986 §4.2). */
    public static String encode(String name) {
        StringBuilder uri = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean unreserved = (b >= 0 && Character.isLetterOrDigit(b)) || "-._~".indexOf(b) >= 0;
            uri.append(unreserved ? String.valueOf((char) b) : String.format("%%%02X", b & 0xFF));
        }
        return uri.toString();
    }
}
