package lancaster.rtmfp.tc;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.Contact;
import lancaster.rendezvous.PeerNames;
import lancaster.rendezvous.Rendezvous;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.Session;
import lancaster.rtmp.session.RtmpServerContext;

/** The connections that clients make in the sessions with an endpoint. Owner: the loop of the endpoint. */
public final class TcServer {
    private static final String NO_PARTNER =
            "this server doesn't know yours: name the address that it comes from, %s, under rtmfp.peers, with the same key";

    private final RtmpServerContext context;
    private final TcSettings settings;
    private final Meeting meeting;
    private final SharedMessages shared = new SharedMessages();
    private long refusedClients;

    /**
     * Where clients meet.
     *
     * @param partners whether it is another server, whose clients are introduced to ours, that comes from an address and
     *     shows keys
     */
    public record Meeting(
            Rendezvous rendezvous,
            Admission admission,
            BiPredicate<InetAddress, List<String>> partners,
            PeerNames names) {}

    public TcServer(RtmpServerContext context, TcSettings settings, Meeting meeting) {
        this.context = context;
        this.settings = settings;
        this.meeting = meeting;
    }

    /** A far end opened a session. */
    public void onSession(Session session) {
        if (context.isFull()) {
            context.counters().onTurnedAway();
            session.close();
            return;
        }
        session.listener(new TcServerConnection(context, settings, shared, session, new Client(session)));
    }

    /** Connections that were refused, for where they came from and for want of a key. */
    public long refusedClients() {
        return refusedClients;
    }

    /** A client from {@code connect} on: it may seek others, and is found once it tells its addresses. */
    private final class Client implements Visitor {
        private final Session session;
        private final Contact contact;
        private Optional<Rendezvous.Registration> registration = Optional.empty();
        private boolean isPartner;

        private Client(Session session) {
            this.session = session;
            this.contact = new SessionContact(session);
        }

        private InetAddress address() {
            return session.farAddress().getAddress();
        }

        @Override
        public Optional<String> refusal(List<String> keys) {
            isPartner = meeting.partners().test(address(), keys);
            Optional<String> why =
                    isPartner ? Optional.empty() : meeting.admission().refusal(address(), keys);
            if (why.isPresent()) {
                refusedClients++;
            } else if (registration.isEmpty()) {
                registration = Optional.of(meeting.rendezvous().register(contact));
            }
            return why;
        }

        @Override
        public boolean report(List<String> addresses) {
            registration.ifPresent(its -> its.report(addresses));
            return registration.isPresent();
        }

        @Override
        public Optional<String> becomePartner() {
            if (!isPartner) {
                return Optional.of(NO_PARTNER.formatted(address().getHostAddress()));
            }
            meeting.rendezvous().letVouch(contact);
            return Optional.empty();
        }

        @Override
        public Optional<PeerId> peerId() {
            return Optional.of(contact.peerId());
        }

        @Override
        public PeerNames names() {
            return meeting.names();
        }

        @Override
        public void moved() {
            registration.ifPresent(Rendezvous.Registration::moved);
        }

        @Override
        public void leave() {
            registration.ifPresent(Rendezvous.Registration::close);
            registration = Optional.empty();
            meeting.rendezvous().believeNoMore(contact);
        }
    }
}
