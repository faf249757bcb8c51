package lancaster.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.sdp.MulticastSession.Fec;
import lancaster.sdp.MulticastSession.Leg;
import lancaster.sdp.MulticastSession.Payload;
import lancaster.sdp.SessionDescription.Attribute;
import lancaster.sdp.SessionDescription.Bandwidth;
import lancaster.sdp.SessionDescription.Connection;
import lancaster.sdp.SessionDescription.MediaDescription;

/** Finds the transport stream in a session description. */
public final class SessionReader {
    private static final int MAX_LEGS = 2;

    private final SessionDescription session;

    private SessionReader(SessionDescription session) {
        this.session = session;
    }

    /** @throws ProtocolException where it describes no transport stream by multicast; it says what it describes */
    public static MulticastSession read(SessionDescription session) {
        return new SessionReader(session).read();
    }

    private MulticastSession read() {
        List<MediaDescription> streams = session.media().stream()
                .filter(SessionReader::isTransportStream)
                .toList();
        if (streams.isEmpty()) {
            throw unsupported("has no MPEG transport stream but " + formats());
        }
        MediaDescription first = streams.get(0);
        List<Leg> legs = new ArrayList<>();
        for (MediaDescription media : legs(first, streams)) {
            legs.add(leg(media));
        }
        return new MulticastSession(
                session.name(),
                isRtp(first) ? Payload.RTP : Payload.UDP,
                legs,
                isRtp(first) ? fec(first) : Optional.empty(),
                Stream.concat(first.bandwidths().stream(), session.bandwidths().stream())
                        .filter(bandwidth -> bandwidth.type().equals("AS"))
                        .map(Bandwidth::value)
                        .filter(value -> value <= Integer.MAX_VALUE)
                        .map(Long::intValue)
                        .findFirst());
    }

    private static boolean isRtp(MediaDescription media) {
        return media.protocol().toUpperCase(java.util.Locale.ROOT).startsWith("RTP/");
    }

    private static boolean isTransportStream(MediaDescription media) {
        if (media.port() == 0) {
            return false;
        }
        String protocol = media.protocol().toUpperCase(java.util.Locale.ROOT);
        boolean plain = protocol.equals("UDP") || protocol.equals("MP2T/H2221/UDP");
        for (String format : media.formats()) {
            boolean named =
                    mapped(media, format).toUpperCase(java.util.Locale.ROOT).startsWith("MP2T/");
            if (isRtp(media)
                    ? format.equals("33") || named
                    : plain && (format.equals("33") || named || isMp2t(format))) {
                return true;
            }
        }
        return plain && protocol.contains("H2221");
    }

    private static boolean isMp2t(String format) {
        return format.equalsIgnoreCase("mp2t") || format.equalsIgnoreCase("mpegts");
    }

    private static String mapped(MediaDescription media, String format) {
        return media.attributes().stream()
                .filter(attribute ->
                        attribute.name().equals("rtpmap") && attribute.value().startsWith(format + " "))
                .map(attribute -> attribute.value().substring(format.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** The copies of {@code first}, itself before all (RFC 7104). */
    private static List<MediaDescription> withFirst(MediaDescription first, Stream<MediaDescription> others) {
        return Stream.concat(Stream.of(first), others.filter(other -> !other.equals(first)))
                .limit(MAX_LEGS)
                .toList();
    }

    private List<MediaDescription> legs(MediaDescription first, List<MediaDescription> streams) {
        List<String> group = group("DUP", first);
        return withFirst(
                first,
                streams.stream()
                        .filter(media -> group.contains(media.attribute("mid").orElse(""))));
    }

    private Leg leg(MediaDescription media) {
        Connection connection = media.connection()
                .or(session::connection)
                .orElseThrow(() -> unsupported("has no address (c=) for its transport stream"));
        String group = connection.address();
        Optional<String> source = filters(media.attributes())
                .or(() -> filters(session.attributes()))
                .flatMap(filters -> filters.stream()
                        .filter(filter -> filter.include() && filter.isFor(group))
                        .map(filter -> filter.sources().get(0))
                        .findFirst());
        return new Leg(group, media.port(), source, connection.ttl());
    }

    /** Filters of a medium stand in place of the session's (RFC 4570 §3). */
    private static Optional<List<SourceFilter>> filters(List<Attribute> attributes) {
        List<SourceFilter> filters = attributes.stream()
                .filter(attribute -> attribute.name().equals(SourceFilter.ATTRIBUTE))
                .flatMap(attribute -> SourceFilter.parse(attribute.value()).stream())
                .toList();
        return filters.isEmpty() ? Optional.empty() : Optional.of(filters);
    }

    /** Columns are named before rows; a single repair flow is that of the columns. */
    private Optional<Fec> fec(MediaDescription first) {
        List<String> group = Stream.concat(group("FEC-FR", first).stream(), group("FEC", first).stream())
                .toList();
        List<Integer> offsets = session.media().stream()
                .filter(media -> !media.equals(first)
                        && !isTransportStream(media)
                        && group.contains(media.attribute("mid").orElse("")))
                .map(media -> media.port() - first.port())
                .toList();
        return offsets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fec(offsets.get(0), offsets.stream().skip(1).findFirst()));
    }

    /** The media identifiers of the group of this kind that {@code member} is in (RFC 5888). */
    private List<String> group(String kind, MediaDescription member) {
        Optional<String> id = member.attribute("mid");
        return session.attributes().stream()
                .filter(attribute -> attribute.name().equals("group"))
                .map(attribute -> List.of(attribute.value().split("[ \t]+")))
                .filter(words -> words.get(0).equals(kind) && id.isPresent() && words.contains(id.get()))
                .findFirst()
                .orElse(List.of());
    }

    private String formats() {
        return session.media().isEmpty()
                ? "no media at all"
                : session.media().stream()
                        .limit(4)
                        .map(media -> media.media() + " " + media.protocol() + " " + String.join(" ", media.formats()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
    }

    private static ProtocolException unsupported(String what) {
        return ProtocolException.unsupported(Scope.MESSAGE, "sdp", what);
    }
}
