package lancaster.rtmfp.tc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lancaster.kit.SimHost;
import lancaster.kit.SimNetwork;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.Contact;
import lancaster.rendezvous.PeerNames;
import lancaster.rendezvous.Rendezvous;
import lancaster.rendezvous.RendezvousSettings;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.RtmpServerContext;
import lancaster.rtmp.session.RtmpServerCounters;
import lancaster.rtmp.session.RtmpSettings;

/** A server that introduces its clients, on a simulated host. */
final class SimServer implements EndpointListener {
    static final int PORT = 1935;
    private static final int PARTNER_PORT = 20_000;
    private static final String URL = "rtmfp://box/";

    final Rendezvous rendezvous;
    final List<String> told = new ArrayList<>();
    private final Set<InetAddress> partners = new HashSet<>();
    private final SimNetwork network;
    private final SimHost host;
    private final RtmfpSettings settings;
    private final TcServer server;
    private int nextPort = PARTNER_PORT;

    SimServer(SimNetwork network, SimHost host, RtmfpSettings settings) {
        this.network = network;
        this.host = host;
        this.settings = settings;
        RtmfpEndpoint endpoint = endpoint(PORT, FlashSettings.SERVER, this);
        rendezvous = new Rendezvous(
                RendezvousSettings.DEFAULTS, network.loop(), endpoint::redirect, Admission.EVERYBODY::isNear);
        RtmpServerContext context = new RtmpServerContext(
                RtmpSettings.DEFAULTS,
                network.loop(),
                network.random(),
                new FakePublishHandler(),
                new RtmpServerCounters());
        server = new TcServer(
                context,
                TcSettings.DEFAULTS,
                new TcServer.Meeting(
                        rendezvous, Admission.EVERYBODY, (ip, keys) -> partners.contains(ip), PeerNames.NONE));
    }

    private RtmfpEndpoint endpoint(int port, FlashSettings flash, EndpointListener listener) {
        RtmfpEndpoint made = new RtmfpEndpoint(
                settings,
                network.loop(),
                (array, offset, length, to, timeCritical) -> host.send(port, array, offset, length, to),
                new FlashCryptoProfile(FlashIdentity.generate(flash, network.random()), network.random()),
                network.loop(),
                network.random(),
                listener);
        host.bind(port, made::onDatagram);
        return made;
    }

    InetSocketAddress address() {
        return host.socket(PORT);
    }

    /** Whether lookups that come from there are believed. */
    void believe(SimServer other) {
        partners.add(other.host.address());
    }

    /** Sends lookups on to another server. */
    void join(SimServer other) {
        TcClientConnection connection = new TcClientConnection(TcSettings.DEFAULTS, network.loop(), () -> {});
        var unused = new PartnerDialogue(
                URL, "", Duration.ofSeconds(20), network.loop(), connection, new PartnerDialogue.Listener() {
                    private Optional<Contact> partner = Optional.empty();

                    @Override
                    public void onAgreed() {
                        told.add("agreed");
                        partner = connection.session().map(SessionContact::new);
                        partner.ifPresent(rendezvous::addPartner);
                    }

                    @Override
                    public void onOver(String why) {
                        told.add(why);
                        partner.ifPresent(rendezvous::removePartner);
                    }
                });
        var unusedOpening = endpoint(nextPort++, FlashSettings.PEER, Session::close)
                .open(EndpointDiscriminator.of(URL).encoded(), List.of(other.address()), new OpenListener() {
                    @Override
                    public void onOpen(Session session) {
                        connection.onSession(session);
                    }

                    @Override
                    public void onFailed(OpenFailure failure) {
                        connection.onFailed(failure.toString());
                    }
                });
    }

    @Override
    public void onSession(Session session) {
        server.onSession(session);
    }

    @Override
    public void onHelloForAnother(InitiatorHello hello, InetSocketAddress from) {
        rendezvous.onHello(hello, from);
    }

    @Override
    public void onForwardedHelloForAnother(ForwardedInitiatorHello hello, Session by) {
        rendezvous.onForwarded(hello, new SessionContact(by));
    }

    @Override
    public void onFailure(Session session, RuntimeException failure) {
        throw new AssertionError("a session failed", failure);
    }
}
