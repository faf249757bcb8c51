package lancaster.rtmfp.net;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import lancaster.net.ListenException;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rendezvous.Rendezvous;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.PeerAddress;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.SessionContact;
import lancaster.rtmfp.tc.TcServer;
import lancaster.rtmp.session.Playback;
import lancaster.rtmp.session.PublishHandler;
import lancaster.rtmp.session.RtmpServerContext;
import lancaster.rtmp.session.RtmpServerCounters;
import lancaster.runloop.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves RTMFP clients on a UDP port: they publish and play as over TCP, and are introduced to each other. May be used
 * from any thread; all that it serves lives on one loop.
 */
public final class RtmfpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RtmfpServer.class);

    private final NettyRunLoop loop;
    private final UdpInterface socket;
    private final PeerId peerId;
    private final RtmfpEndpoint endpoint;
    private final RtmpServerCounters counters = new RtmpServerCounters();
    private final RtmpServerContext context;
    private final TcServer server;
    private final Rendezvous rendezvous;
    private final Partners partners;
    private OtherServers others = OtherServers.NONE;
    private long redirectedClients;
    private volatile RtmfpServerStats stats;
    private Timer ticking = Timer.NONE;

    /**
     * What streams are published to and played from, and where clients find each other.
     *
     * @param lookups resolves the names of other servers, and may wait
     */
    public record House(
            PublishHandler handler,
            Optional<Playback> playback,
            Admission admission,
            PeerNames names,
            Executor lookups) {}

    private RtmfpServer(
            UdpInterface socket,
            RtmfpServerSettings settings,
            Transport transport,
            NettyRunLoop loop,
            FlashIdentity identity,
            Executor crypto,
            House house) {
        this.socket = socket;
        this.loop = loop;
        this.peerId = identity.peerId();
        SecureRandom random = new SecureRandom();
        this.context = new RtmpServerContext(
                settings.connections(),
                loop,
                new SplittableRandom(random.nextLong()),
                house.handler(),
                counters,
                house.playback());
        this.endpoint = new RtmfpEndpoint(
                settings.transport(),
                loop,
                socket,
                new FlashCryptoProfile(identity, random),
                crypto,
                random,
                new Clients());
        this.rendezvous = new Rendezvous(settings.introductions(), loop, endpoint::redirect, house.admission()::isNear);
        this.partners = new Partners(
                new Partners.Network(transport, loop, house.lookups(), settings.patience()), peerId, rendezvous);
        this.server = new TcServer(
                context,
                settings.messages(),
                new TcServer.Meeting(rendezvous, house.admission(), partners::isOne, house.names()));
        this.stats = now();
        loop.execute(() -> {
            socket.listen(endpoint::onDatagram);
            tick();
        });
    }

    /**
     * @param crypto where handshakes are reckoned, so that a flood of them doesn't keep the loop from its streams
     * @throws ListenException where {@code address} can't be listened on; it says why
     */
    public static RtmfpServer start(
            InetSocketAddress address,
            RtmfpServerSettings settings,
            Transport transport,
            NettyRunLoop loop,
            FlashIdentity identity,
            Executor crypto,
            House house)
            throws ListenException {
        UdpInterface socket = UdpInterface.open(address, transport, loop);
        return new RtmfpServer(socket, settings, transport, loop, identity, crypto, house);
    }

    private final class Clients implements EndpointListener {
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
        public List<PeerAddress> elsewhere(InetSocketAddress from) {
            if (!others.redirects(context.isFull()) || partners.isAt(from.getAddress())) {
                return List.of();
            }
            redirectedClients++;
            return others.substitutes().stream()
                    .map(address -> new PeerAddress(address, PeerAddress.Origin.RELAY))
                    .toList();
        }

        @Override
        public void onFailure(Session session, RuntimeException failure) {
            LOG.error("rtmfp session failed remote={}", session.farAddress(), failure);
        }
    }

    private void tick() {
        stats = now();
        ticking = loop.scheduleSecond(this::tick);
    }

    private RtmfpServerStats now() {
        return new RtmfpServerStats(
                counters.stats(),
                socket.stats(),
                endpoint.stats(),
                rendezvous.stats(),
                server.refusedClients(),
                redirectedClients,
                partners.stats());
    }

    /** Where it listens, with the port that was chosen for port 0. */
    public InetSocketAddress address() {
        return socket.localAddress();
    }

    /** By which clients may know it. */
    public PeerId peerId() {
        return peerId;
    }

    /** From now on with these. */
    public void apply(OtherServers changed) {
        loop.execute(() -> {
            others = changed;
            partners.apply(changed.partners());
        });
    }

    /** A second old at most. */
    public RtmfpServerStats stats() {
        return stats;
    }

    /** Ends all sessions; publishers that were live are lost. */
    @Override
    public void close() {
        loop.execute(() -> {
            ticking.cancel();
            partners.apply(List.of());
            endpoint.close();
            socket.close();
        });
    }
}
