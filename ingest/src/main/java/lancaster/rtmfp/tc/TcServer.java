package lancaster.rtmfp.tc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lancaster.rendezvous.Contact;
import lancaster.rendezvous.Rendezvous;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.session.Session;
import lancaster.rtmp.session.RtmpServerContext;

/** The connections that clients make in the sessions with an endpoint. Owner: the loop of the endpoint. */
public final class TcServer {
    private final RtmpServerContext context;
    private final TcSettings settings;
    private final Rendezvous rendezvous;
    private final Predicate<InetAddress> introduced;
    private final SharedMessages shared = new SharedMessages();

    /** @param introduced whose clients are introduced to each other when they wish it */
    public TcServer(
            RtmpServerContext context, TcSettings settings, Rendezvous rendezvous, Predicate<InetAddress> introduced) {
        this.context = context;
        this.settings = settings;
        this.rendezvous = rendezvous;
        this.introduced = introduced;
    }

    /** A far end opened a session. */
    public void onSession(Session session) {
        if (context.isFull()) {
            context.counters().onTurnedAway();
            session.close();
            return;
        }
        session.listener(new TcServerConnection(context, settings, shared, session, new Introduced(session)));
    }

    /** A client's place among those that are introduced, once it asks for it. */
    final class Introduced implements TcServerConnection.Visitor {
        private final Session session;
        private Optional<Rendezvous.Registration> registration = Optional.empty();

        private Introduced(Session session) {
            this.session = session;
        }

        @Override
        public boolean report(List<String> addresses) {
            if (registration.isEmpty() && introduced.test(session.farAddress().getAddress())) {
                registration = Optional.of(rendezvous.register(new Known(session)));
            }
            registration.ifPresent(its -> its.report(addresses));
            return registration.isPresent();
        }

        @Override
        public void moved() {
            registration.ifPresent(Rendezvous.Registration::moved);
        }

        @Override
        public void leave() {
            registration.ifPresent(Rendezvous.Registration::close);
            registration = Optional.empty();
        }
    }

    /** A client's session, to whoever introduces it. */
    private record Known(Session session) implements Contact {
        @Override
        public PeerId peerId() {
            return session.farCertificate().peerId();
        }

        @Override
        public InetSocketAddress address() {
            return session.farAddress();
        }

        @Override
        public void forward(ForwardedInitiatorHello hello) {
            session.forward(hello);
        }
    }
}
