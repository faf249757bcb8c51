package lancaster.receiver;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.ReceiverSettings;
import lancaster.receiver.SourceUrl.SessionUrl;
import lancaster.receiver.SourceUrl.StreamUrl;

/** Finds out which sockets a source needs; asks for interfaces and session descriptions, so it isn't for loops. */
final class ReceptionPlanner {
    private final SessionLoader sessions;

    ReceptionPlanner(SessionLoader sessions) {
        this.sessions = sessions;
    }

    /** Fails with an exception whose message says to people what is wrong. */
    CompletableFuture<ReceptionPlan> plan(SourceSettings source) {
        SourceUrl first = source.urls().get(0);
        if (first instanceof SessionUrl session) {
            Optional<String> name = session.interfaceName().or(source::interfaceName);
            return sessions.load(session.uri()).thenApply(text -> SessionPlan.of(text, session, name));
        }
        try {
            List<ReceiverSettings> media = new ArrayList<>();
            boolean rtp = false;
            for (SourceUrl url : source.urls()) {
                StreamUrl stream = (StreamUrl) url;
                rtp |= stream.rtp();
                media.add(settings(stream, stream.interfaceName().or(source::interfaceName)));
            }
            return CompletableFuture.completedFuture(ReceptionPlan.of(media, rtp, first.program()));
        } catch (MulticastException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ReceiverSettings settings(StreamUrl url, Optional<String> interfaceName) throws MulticastException {
        if (!url.isMulticast()) {
            return ReceiverSettings.unicast(url.address(), url.source());
        }
        return settings(
                new MulticastGroup(url.address().getAddress(), url.address().getPort(), url.source()), interfaceName);
    }

    /** Where no interface is named, the one that leads to the source, or else the one that multicast leaves by. */
    static ReceiverSettings settings(MulticastGroup group, Optional<String> interfaceName) throws MulticastException {
        if (interfaceName.isPresent()) {
            InterfaceChoice choice = InterfaceChoice.of(interfaceName.get(), Optional.empty(), group.address());
            return ReceiverSettings.of(group, choice.networkInterface());
        }
        InetAddress target = group.source().orElse(group.address());
        NetworkInterface found = NetworkProbe.towards(target)
                .orElseThrow(() -> new MulticastException("no interface leads to " + IpLiteral.text(target)
                        + "; name one of " + LocalInterface.listText()));
        return ReceiverSettings.of(group, found);
    }
}
