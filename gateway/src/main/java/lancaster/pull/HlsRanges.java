package lancaster.pull;

import java.util.Optional;
import lancaster.probe.M3u8;

/** Which bytes of a resource are the segments of a playlist, for who asks for them (RFC 8216 §4.3.2.2, RFC 9110 §14.2). */
final class HlsRanges {
    private static final String FORM = "\\d{1,15}(@\\d{1,15})?";

    /** Where the last one ended: the next may say no offset. */
    private String uri = "";

    private long end;

    /** What to ask for; empty for the whole resource. */
    Optional<String> of(M3u8.Segment segment) {
        String text = segment.range().orElse("");
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        String[] parts = text.split("@", -1);
        long follows = uri.equals(segment.uri()) ? end : 0;
        long offset = parts.length > 1 ? Long.parseLong(parts[1]) : follows;
        long length = Math.max(1, Long.parseLong(parts[0]));
        uri = segment.uri();
        end = offset + length;
        return Optional.of("bytes=" + offset + "-" + (end - 1));
    }
}
