package lancaster.rendezvous;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.packet.PeerAddress.Origin;
import lancaster.runloop.RunLoop;

/**
 * Introduces those of its contacts to each other that seek each other by peer ID (RFC 7016 §3.5.1.4, §3.5.1.5): the
 * seeker is redirected to the addresses of the sought, the sought hears where the seeker is. Strangers are not answered:
 * a seeker is another contact, or comes from a range that is let in, or another server has vouched for it.
 *
 * <p>A peer that isn't here may be at a partner, another server: that one gets the hello forwarded, which vouches for
 * the seeker, and the seeker is redirected to it. So the very messages that introduce peers find them across servers.
 */
public final class Rendezvous {
    /** Of the option that holds a fingerprint (RFC 7425 §4.4.3). */
    private static final long FINGERPRINT = 0x0F;

    private final RendezvousSettings settings;
    private final RunLoop loop;
    private final Redirects redirects;
    private final Predicate<InetAddress> mayAlwaysSeek;

    private final Map<PeerId, Registration> sought = new HashMap<>();
    private final Map<InetSocketAddress, Registration> seekers = new HashMap<>();
    private final Set<Contact> partners = new LinkedHashSet<>();
    private final Set<Contact> vouching = new LinkedHashSet<>();
    private final Rates<InetAddress> rates;
    private final Vouchers vouchers;
    private final Map<Outcome, Long> outcomes = new LinkedHashMap<>();

    /** What becomes of a lookup. */
    private enum Outcome {
        INTRODUCED,
        SENT_ON,
        VOUCHED,
        UNKNOWN,
        REFUSED,
        LIMITED,
        MALFORMED
    }

    /** @param mayAlwaysSeek who gets answers though it isn't connected */
    public Rendezvous(
            RendezvousSettings settings, RunLoop loop, Redirects redirects, Predicate<InetAddress> mayAlwaysSeek) {
        this.settings = settings;
        this.loop = loop;
        this.redirects = redirects;
        this.mayAlwaysSeek = mayAlwaysSeek;
        this.rates = new Rates<>(settings.lookupsPerSecond(), settings.burst(), settings.seekers());
        this.vouchers = new Vouchers(settings.voucherLifetime().toNanos(), settings.vouchers());
    }

    /** A client that may seek others, from now on, and be found once it reports its addresses. */
    public final class Registration {
        private final Contact contact;
        private InetSocketAddress address;
        private List<InetSocketAddress> reported = List.of();

        private Registration(Contact contact) {
            this.contact = contact;
            this.address = contact.address();
        }

        /**
         * It tells the addresses of its interfaces, {@code host:port} each, and wants to be found (RFC 7425 §5.3.5). The
         * newest session of a peer is the one that is introduced.
         */
        public void report(List<String> addresses) {
            reported = ReportedAddresses.of(addresses, address, settings.reportedAddresses());
            if (sought.size() < settings.contacts() || sought.containsKey(contact.peerId())) {
                sought.put(contact.peerId(), this);
            }
        }

        /** Its packets come from elsewhere now. */
        public void moved() {
            seekers.remove(address, this);
            address = contact.address();
            seekers.put(address, this);
        }

        /** It is gone. */
        public void close() {
            seekers.remove(address, this);
            sought.remove(contact.peerId(), this);
        }

        private List<PeerAddress> addresses() {
            List<PeerAddress> all = new ArrayList<>();
            all.add(new PeerAddress(address, Origin.OBSERVED));
            reported.forEach(each -> all.add(new PeerAddress(each, Origin.REPORTED)));
            return all;
        }
    }

    /** Lets a client seek others. */
    public Registration register(Contact contact) {
        Registration registration = new Registration(contact);
        seekers.put(registration.address, registration);
        return registration;
    }

    /** Another server, at which our clients find those of its own. */
    public void addPartner(Contact partner) {
        partners.add(partner);
    }

    public void removePartner(Contact partner) {
        partners.remove(partner);
    }

    /** Another server, whose clients find ours. */
    public void letVouch(Contact partner) {
        vouching.add(partner);
    }

    /** The same no longer. */
    public void believeNoMore(Contact partner) {
        vouching.remove(partner);
    }

    /** Somebody looks for another endpoint here (RFC 7016 §3.5.1.4). */
    public void onHello(InitiatorHello hello, InetSocketAddress from) {
        count(lookUp(hello, from));
    }

    /** Another server passes on what a client of its own looks for. */
    public void onForwarded(ForwardedInitiatorHello hello, Contact by) {
        count(vouching.contains(by) ? vouch(hello) : Outcome.REFUSED);
    }

    public RendezvousStats stats() {
        return new RendezvousStats(
                sought.size(),
                partners.size(),
                outcomes.values().stream().mapToLong(Long::longValue).sum(),
                counted(Outcome.INTRODUCED),
                counted(Outcome.SENT_ON),
                counted(Outcome.VOUCHED),
                counted(Outcome.UNKNOWN),
                counted(Outcome.REFUSED),
                counted(Outcome.LIMITED),
                counted(Outcome.MALFORMED));
    }

    private Outcome lookUp(InitiatorHello hello, InetSocketAddress from) {
        Optional<PeerId> peer = peerId(hello.endpointDiscriminator());
        if (peer.isEmpty()) {
            return Outcome.MALFORMED;
        }
        long nowNs = loop.nowNs();
        vouchers.expire(nowNs);
        Registration seeker = seekers.get(from);
        boolean vouched = vouchers.hold(from.getAddress(), peer.get(), nowNs);
        if (seeker == null && !vouched && !mayAlwaysSeek.test(from.getAddress())) {
            return Outcome.REFUSED;
        }
        if (!rates.take(from.getAddress(), nowNs)) {
            return Outcome.LIMITED;
        }
        List<PeerAddress> seekerAddresses =
                seeker == null ? List.of(new PeerAddress(from, Origin.OBSERVED)) : seeker.addresses();
        Registration found = sought.get(peer.get());
        if (found != null) {
            introduce(hello, from, seekerAddresses, found);
            return Outcome.INTRODUCED;
        }
        if (vouched || partners.isEmpty()) {
            // What a partner has sent here goes no further: two that lack the peer would send it to and fro.
            return Outcome.UNKNOWN;
        }
        sendOn(hello, from);
        return Outcome.SENT_ON;
    }

    private void introduce(
            InitiatorHello hello, InetSocketAddress from, List<PeerAddress> seekerAddresses, Registration found) {
        for (PeerAddress address : seekerAddresses) {
            found.contact.forward(new ForwardedInitiatorHello(hello.endpointDiscriminator(), address, hello.tag()));
        }
        redirects.send(hello.tag(), from, found.addresses());
    }

    private void sendOn(InitiatorHello hello, InetSocketAddress from) {
        PeerAddress seeker = new PeerAddress(from, Origin.OBSERVED);
        List<PeerAddress> servers = new ArrayList<>();
        for (Contact partner : partners) {
            partner.forward(new ForwardedInitiatorHello(hello.endpointDiscriminator(), seeker, hello.tag()));
            servers.add(new PeerAddress(partner.address(), Origin.RELAY));
        }
        redirects.send(hello.tag(), from, servers);
    }

    private Outcome vouch(ForwardedInitiatorHello hello) {
        Optional<PeerId> peer = peerId(hello.endpointDiscriminator());
        if (peer.isEmpty()) {
            return Outcome.MALFORMED;
        }
        InetAddress seeker = hello.replyAddress().address().getAddress();
        long nowNs = loop.nowNs();
        if (!rates.take(seeker, nowNs)) {
            return Outcome.LIMITED;
        }
        // Also for whom nobody here knows: the seeker, sent here, must not be sent back.
        vouchers.add(seeker, peer.get(), nowNs);
        Registration found = sought.get(peer.get());
        if (found == null) {
            return Outcome.UNKNOWN;
        }
        found.contact.forward(hello);
        return Outcome.VOUCHED;
    }

    private static Optional<PeerId> peerId(Bytes endpointDiscriminator) {
        try {
            return OptionList.parse(endpointDiscriminator).options().stream()
                    .filter(option ->
                            option.type() == FINGERPRINT && option.value().length() == PeerId.LENGTH)
                    .findFirst()
                    .map(option -> new PeerId(Bytes.wrap(option.value().toArray())));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private void count(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    private long counted(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
