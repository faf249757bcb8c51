package lancaster.sdp;

import java.util.List;
import java.util.Optional;
import lancaster.sdp.SessionDescription.Attribute;
import lancaster.sdp.SessionDescription.Bandwidth;
import lancaster.sdp.SessionDescription.Connection;
import lancaster.sdp.SessionDescription.MediaDescription;
import lancaster.sdp.SessionDescription.Origin;

/** Writes session descriptions: the lines in the order of §5, ended by CRLF. */
public final class SdpWriter {
    private final StringBuilder out = new StringBuilder();

    private SdpWriter() {}

    public static String text(SessionDescription session) {
        SdpWriter writer = new SdpWriter();
        writer.session(session);
        session.media().forEach(writer::media);
        return writer.out.toString();
    }

    private void session(SessionDescription session) {
        Origin origin = session.origin();
        line('v', "0");
        line(
                'o',
                String.join(
                        " ",
                        origin.username(),
                        origin.sessionId(),
                        origin.version(),
                        "IN",
                        origin.addressType(),
                        origin.address()));
        // A name must be there; a single "-" is what the RFC has for none (§5.3).
        line('s', session.name().isBlank() ? "-" : session.name());
        session.information().ifPresent(text -> line('i', text));
        connection(session.connection());
        bandwidths(session.bandwidths());
        line('t', session.timing().start() + " " + session.timing().stop());
        attributes(session.attributes());
    }

    private void media(MediaDescription media) {
        String ports = media.ports() > 1 ? "/" + media.ports() : "";
        line(
                'm',
                media.media() + " " + media.port() + ports + " " + media.protocol() + " "
                        + String.join(" ", media.formats()));
        connection(media.connection());
        bandwidths(media.bandwidths());
        attributes(media.attributes());
    }

    private void connection(Optional<Connection> connection) {
        connection.ifPresent(to -> line(
                'c',
                "IN " + to.addressType() + " " + to.address()
                        + to.ttl().map(ttl -> "/" + ttl).orElse("")
                        + (to.count() > 1 ? "/" + to.count() : "")));
    }

    private void bandwidths(List<Bandwidth> bandwidths) {
        bandwidths.forEach(bandwidth -> line('b', bandwidth.type() + ":" + bandwidth.value()));
    }

    private void attributes(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            line('a', attribute.name() + (attribute.value().isEmpty() ? "" : ":" + attribute.value()));
        }
    }

    /** A name that came from elsewhere can't begin a line of its own. */
    private void line(char type, String value) {
        out.append(type).append('=');
        value.codePoints().map(c -> c < ' ' || c == 0x7F ? ' ' : c).forEach(out::appendCodePoint);
        out.append("\r\n");
    }
}
