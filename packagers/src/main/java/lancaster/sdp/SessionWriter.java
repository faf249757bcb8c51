package lancaster.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.sdp.MulticastSession.Fec;
import lancaster.sdp.MulticastSession.Leg;
import lancaster.sdp.MulticastSession.Payload;
import lancaster.sdp.MulticastSession.Version;
import lancaster.sdp.SessionDescription.Attribute;
import lancaster.sdp.SessionDescription.Bandwidth;
import lancaster.sdp.SessionDescription.Connection;
import lancaster.sdp.SessionDescription.MediaDescription;
import lancaster.sdp.SessionDescription.Origin;
import lancaster.sdp.SessionDescription.Timing;

/** Describes a multicast session as players and set-top boxes read it. */
public final class SessionWriter {
    private static final String MP2T = "33";
    private static final String MP2T_MAP = "33 MP2T/90000";
    private static final String PARITY = "96";
    private static final String PARITY_MAP = "96 parityfec/90000";
    private static final String RTP = "RTP/AVP";
    /** No standard has a name for it; this is what is seen. */
    private static final String UDP = "udp";

    private final MulticastSession session;
    private final boolean single;
    private final List<Attribute> groups = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();

    private SessionWriter(MulticastSession session) {
        this.session = session;
        this.single = session.legs().size() == 1 && session.fec().isEmpty();
    }

    public static SessionDescription describe(MulticastSession session, Version version) {
        return new SessionWriter(session).session(version);
    }

    private SessionDescription session(Version version) {
        if (session.legs().size() > 1) {
            StringBuilder group = new StringBuilder("DUP");
            for (int leg = 0; leg < session.legs().size(); leg++) {
                group.append(' ').append(mediaId(leg));
            }
            groups.add(new Attribute("group", group.toString()));
        }
        for (int leg = 0; leg < session.legs().size(); leg++) {
            leg(leg);
        }
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute("tool", "Lancaster"));
        attributes.add(new Attribute("type", "broadcast"));
        attributes.add(Attribute.property("recvonly"));
        attributes.addAll(groups);
        Leg first = session.legs().get(0);
        filter(first).ifPresent(attributes::add);
        return new SessionDescription(
                new Origin(
                        "-",
                        Long.toString(version.sessionId()),
                        Long.toString(version.version()),
                        version.address().indexOf(':') < 0 ? "IP4" : "IP6",
                        version.address()),
                session.name(),
                Optional.empty(),
                Optional.of(connection(first)),
                session.kbitPerS().map(rate -> new Bandwidth("AS", rate)).stream()
                        .toList(),
                Timing.PERMANENT,
                attributes,
                media);
    }

    private void leg(int index) {
        Leg leg = session.legs().get(index);
        String id = mediaId(index);
        if (session.payload() == Payload.UDP) {
            media("video", leg, leg.port(), UDP, MP2T, MP2T_MAP, id);
            return;
        }
        media("video", leg, leg.port(), RTP, MP2T, MP2T_MAP, id);
        Optional<Fec> fec = session.fec();
        if (fec.isPresent()) {
            String column = id + "c";
            String row = id + "r";
            media("application", leg, leg.port() + fec.get().columnOffset(), RTP, PARITY, PARITY_MAP, column);
            fec.get()
                    .rowOffset()
                    .ifPresent(offset -> media("application", leg, leg.port() + offset, RTP, PARITY, PARITY_MAP, row));
            String rows = fec.get().rowOffset().isPresent() ? " " + row : "";
            groups.add(new Attribute("group", "FEC-FR " + id + " " + column + rows));
        }
    }

    private void media(String kind, Leg leg, int port, String protocol, String format, String map, String id) {
        // What holds for the first leg stands at the top: of a transport stream's media ffmpeg reads neither address
        // nor
        // filter, and what stands at the top and again below it joins twice, which the kernel refuses.
        boolean own = !leg.equals(session.legs().get(0));
        List<Attribute> attributes = new ArrayList<>();
        if (own) {
            filter(leg).ifPresent(attributes::add);
        }
        attributes.add(new Attribute("rtpmap", map));
        if (!single) {
            attributes.add(new Attribute("mid", id));
        }
        media.add(new MediaDescription(
                kind,
                port,
                1,
                protocol,
                List.of(format),
                own ? Optional.of(connection(leg)) : Optional.empty(),
                List.of(),
                attributes));
    }

    private static Connection connection(Leg leg) {
        return new Connection(type(leg), leg.group(), leg.isIpv6() ? Optional.empty() : leg.ttl(), 1);
    }

    private static Optional<Attribute> filter(Leg leg) {
        return leg.source()
                .map(source -> new Attribute(
                        SourceFilter.ATTRIBUTE,
                        new SourceFilter(true, type(leg), leg.group(), List.of(source)).text()));
    }

    private static String type(Leg leg) {
        return leg.isIpv6() ? "IP6" : "IP4";
    }

    /** {@code p} for the primary leg, {@code s} for the secondary. */
    private static String mediaId(int leg) {
        return leg == 0 ? "p" : "s";
    }
}
