package lancaster.receiver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import lancaster.bytes.Bytes;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.ReceiverSettings;
import lancaster.receiver.SourceUrl.SessionUrl;
import lancaster.rtp.Mp2tPacketizer;
import lancaster.sdp.MulticastSession;
import lancaster.sdp.SdpReader;
import lancaster.sdp.SessionDescription;
import lancaster.sdp.SessionReader;

/** Makes a plan of a session description: its ways (RFC 7104), its sources (RFC 4570), its ports of parity (RFC 5956). */
final class SessionPlan {
    private static final int MAX_PORT = 65_535;

    private SessionPlan() {}

    static ReceptionPlan of(Bytes text, SessionUrl url, Optional<String> interfaceName) {
        SessionDescription description = SdpReader.read(text);
        MulticastSession session = SessionReader.read(description);
        boolean rtp = session.payload() == MulticastSession.Payload.RTP;
        try {
            List<ReceiverSettings> media = new ArrayList<>();
            for (MulticastSession.Leg leg : session.legs()) {
                media.add(settings(leg, leg.port(), interfaceName));
            }
            ReceptionPlan usual = ReceptionPlan.of(media, rtp, url.program());
            List<ReceptionPlan.Path> paths = new ArrayList<>();
            for (int i = 0; i < media.size(); i++) {
                MulticastSession.Leg leg = session.legs().get(i);
                List<ReceiverSettings> parity = session.fec().isPresent()
                        ? parity(leg, session.fec().get(), interfaceName)
                        : usual.paths().get(i).parity();
                paths.add(new ReceptionPlan.Path(media.get(i), parity));
            }
            return new ReceptionPlan(paths, rtp, payloadType(description), url.program());
        } catch (MulticastException | IllegalArgumentException e) {
            throw new CompletionException(e);
        }
    }

    private static List<ReceiverSettings> parity(
            MulticastSession.Leg leg, MulticastSession.Fec fec, Optional<String> interfaceName)
            throws MulticastException {
        List<ReceiverSettings> parity = new ArrayList<>();
        parity.add(settings(leg, leg.port() + fec.columnOffset(), interfaceName));
        if (fec.rowOffset().isPresent()) {
            parity.add(settings(leg, leg.port() + fec.rowOffset().get(), interfaceName));
        }
        return parity;
    }

    private static ReceiverSettings settings(MulticastSession.Leg leg, int port, Optional<String> interfaceName)
            throws MulticastException {
        InetAddress address = ip(leg.group());
        Optional<InetAddress> source = leg.source().map(SessionPlan::ip);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " isn't 1 to " + MAX_PORT);
        }
        return address.isMulticastAddress()
                ? ReceptionPlanner.settings(new MulticastGroup(address, port, source), interfaceName)
                : ReceiverSettings.unicast(new InetSocketAddress(address, port), source);
    }

    private static InetAddress ip(String text) {
        return IpLiteral.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the session description has \"" + text + "\" where an IP address must be"));
    }

    /** The number that stands for MP2T; 33 if none is said to. */
    private static int payloadType(SessionDescription description) {
        return description.media().stream()
                .filter(media -> !media.formats().contains(Integer.toString(Mp2tPacketizer.PAYLOAD_TYPE)))
                .flatMap(media -> media.attributes().stream())
                .filter(attribute ->
                        attribute.name().equals("rtpmap") && attribute.value().matches("(?i)\\d{1,3} +MP2T/90000"))
                .map(attribute -> Integer.parseInt(
                        attribute.value().substring(0, attribute.value().indexOf(' '))))
                .findFirst()
                .orElse(Mp2tPacketizer.PAYLOAD_TYPE);
    }
}
