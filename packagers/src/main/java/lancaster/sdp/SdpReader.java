package lancaster.sdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.sdp.SessionDescription.Attribute;
import lancaster.sdp.SessionDescription.Bandwidth;
import lancaster.sdp.SessionDescription.Connection;
import lancaster.sdp.SessionDescription.MediaDescription;
import lancaster.sdp.SessionDescription.Origin;
import lancaster.sdp.SessionDescription.Timing;

/**
 * Reads session descriptions leniently: any line end, lines in any order, those that aren't known skipped, those that
 * aren't needed missing. What is there must be right.
 */
public final class SdpReader {
    static final int MAX_BYTES = 64 << 10;
    static final int MAX_LINES = 1_000;
    static final int MAX_MEDIA = 32;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_TTL = 255;
    private static final int MAX_COUNT = 65_535;
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");

    /** What stands above the first {@code m=}, or below one. */
    private static final class Part {
        Optional<Connection> connection = Optional.empty();
        final List<Bandwidth> bandwidths = new ArrayList<>();
        final List<Attribute> attributes = new ArrayList<>();
    }

    private final List<MediaDescription> media = new ArrayList<>();
    private final Part session = new Part();
    private Part part = session;
    private Origin origin = Origin.UNKNOWN;
    private String name = "";
    private Optional<String> information = Optional.empty();
    private Timing timing = Timing.PERMANENT;
    private int line;

    private SdpReader() {}

    /** @throws ProtocolException where {@code bytes} is no session description; it names the line */
    public static SessionDescription read(Bytes bytes) {
        if (bytes.length() > MAX_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "sdp", bytes.length() + " bytes, at most " + MAX_BYTES);
        }
        return read(new String(bytes.toArray(), StandardCharsets.UTF_8));
    }

    /** @throws ProtocolException where {@code text} is no session description; it names the line */
    public static SessionDescription read(String text) {
        return new SdpReader().session(text);
    }

    private SessionDescription session(String text) {
        if (text.length() > MAX_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "sdp", "more than " + MAX_BYTES + " bytes");
        }
        boolean begun = false;
        for (String each : LINE_END.split(text, MAX_LINES + 1)) {
            if (++line > MAX_LINES) {
                throw ProtocolException.limit(Scope.MESSAGE, "sdp", "more than " + MAX_LINES + " lines");
            }
            String content = line == 1 && each.startsWith("\uFEFF") ? each.substring(1) : each;
            if (content.isBlank()) {
                continue;
            }
            if (!begun && !content.strip().equals("v=0")) {
                throw malformed("a session description begins with v=0");
            }
            begun = true;
            line(content);
        }
        if (!begun) {
            throw malformed("there is nothing");
        }
        endMedia();
        return new SessionDescription(
                origin, name, information, session.connection, session.bandwidths, timing, session.attributes, media);
    }

    private void line(String content) {
        if (content.length() < 2 || content.charAt(1) != '=') {
            throw malformed("a line is a letter, = and a value");
        }
        String value = content.substring(2).strip();
        switch (content.charAt(0)) {
            case 'o' -> origin = origin(value);
            case 's' -> name = value;
            case 'i' -> information = part == session ? Optional.of(value) : information;
            case 'c' -> part.connection = Optional.of(connection(value));
            case 'b' -> bandwidth(value).ifPresent(part.bandwidths::add);
            case 't' -> timing = timing(value);
            case 'a' -> part.attributes.add(attribute(value));
            case 'm' -> media(value);
            default -> {
                // u, e, p, r, z, k tell nothing of a stream; others must be ignored (§5).
            }
        }
    }

    private Origin origin(String value) {
        String[] words = words(value, 6, "o=USER ID VERSION IN IP4 ADDRESS");
        return new Origin(words[0], words[1], words[2], words[4], words[5]);
    }

    private Connection connection(String value) {
        String[] words = words(value, 3, "c=IN IP4 ADDRESS");
        String type = words[1];
        if (!words[0].equals("IN") || !(type.equals("IP4") || type.equals("IP6"))) {
            throw malformed("a connection is IN IP4 or IN IP6, not " + words[0] + " " + type);
        }
        String[] parts = words[2].split("/", -1);
        // Only IPv4 has a TTL, before the count.
        boolean hasTtl = type.equals("IP4") && parts.length > 1;
        int counted = hasTtl ? 2 : 1;
        return new Connection(
                type,
                parts[0],
                hasTtl ? Optional.of((int) number(parts[1], MAX_TTL, "TTL")) : Optional.empty(),
                parts.length > counted ? (int) number(parts[counted], MAX_COUNT, "count of addresses") : 1);
    }

    /** Modifiers that aren't known are for others (§5.8). */
    private Optional<Bandwidth> bandwidth(String value) {
        int colon = value.indexOf(':');
        if (colon < 0 || !value.substring(colon + 1).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new Bandwidth(
                value.substring(0, colon),
                Long.parseLong(value.substring(colon + 1).strip())));
    }

    private Timing timing(String value) {
        String[] words = words(value, 2, "t=START STOP");
        return new Timing(number(words[0], Long.MAX_VALUE, "start"), number(words[1], Long.MAX_VALUE, "stop"));
    }

    private static Attribute attribute(String value) {
        int colon = value.indexOf(':');
        return colon < 0
                ? Attribute.property(value)
                : new Attribute(
                        value.substring(0, colon), value.substring(colon + 1).strip());
    }

    private void media(String value) {
        endMedia();
        if (media.size() == MAX_MEDIA) {
            throw ProtocolException.limit(Scope.MESSAGE, "sdp", "more than " + MAX_MEDIA + " media");
        }
        String[] words = words(value, 4, "m=MEDIA PORT PROTOCOL FORMAT");
        String[] ports = words[1].split("/", -1);
        part = new Part();
        media.add(new MediaDescription(
                words[0],
                (int) number(ports[0], MAX_PORT, "port"),
                ports.length > 1 ? (int) number(ports[1], MAX_PORT, "count of ports") : 1,
                words[2],
                List.of(words).subList(3, words.length),
                Optional.empty(),
                List.of(),
                List.of()));
    }

    /** All lines of the last medium are read. */
    private void endMedia() {
        if (!media.isEmpty()) {
            MediaDescription begun = media.remove(media.size() - 1);
            media.add(new MediaDescription(
                    begun.media(),
                    begun.port(),
                    begun.ports(),
                    begun.protocol(),
                    begun.formats(),
                    part.connection,
                    part.bandwidths,
                    part.attributes));
        }
    }

    private String[] words(String value, int least, String form) {
        String[] words = BLANKS.split(value);
        if (words.length < least) {
            throw malformed("needs " + form);
        }
        return words;
    }

    private long number(String digits, long max, String what) {
        if (!digits.matches("\\d{1,18}") || Long.parseLong(digits) > max) {
            throw malformed(what + " \"" + digits.substring(0, Math.min(20, digits.length())) + "\"");
        }
        return Long.parseLong(digits);
    }

    private ProtocolException malformed(String what) {
        return ProtocolException.malformed(Scope.MESSAGE, "sdp line " + line, what);
    }
}
