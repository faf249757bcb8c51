package lancaster.rtmfp.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import lancaster.net.ListenException;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rendezvous.Rendezvous;
import lancaster.rendezvous.RendezvousSettings;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.Session;
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
    private final Rendezvous rendezvous;
    private volatile RtmfpServerStats stats;
    private Timer ticking = Timer.NONE;

    /** What streams are published to and played from. */
    public record House(PublishHandler handler, Optional<Playback> playback, Predicate<InetAddress> introduced) {}

    private RtmfpServer(
            UdpInterface socket,
            RtmfpServerSettings settings,
            NettyRunLoop loop,
            FlashIdentity identity,
            Executor crypto,
            House house) {
        this.socket = socket;
        this.loop = loop;
        this.peerId = identity.peerId();
        SecureRandom random = new SecureRandom();
        RtmpServerContext context = new RtmpServerContext(
                settings.connections(),
                loop,
                new SplittableRandom(random.nextLong()),
                house.handler(),
                counters,
                house.playback());
        Clients clients = new Clients();
        this.endpoint = new RtmfpEndpoint(
                settings.transport(), loop, socket, new FlashCryptoProfile(identity, random), crypto, random, clients);
        this.rendezvous = new Rendezvous(RendezvousSettings.DEFAULTS, loop, endpoint::redirect, house.introduced());
        clients.server = Optional.of(new TcServer(context, settings.messages(), rendezvous, house.introduced()));
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
        return new RtmfpServer(socket, settings, loop, identity, crypto, house);
    }

    private final class Clients implements EndpointListener {
        private Optional<TcServer> server = Optional.empty();

        @Override
        public void onSession(Session session) {
            server.ifPresent(some -> some.onSession(session));
        }

        @Override
        public void onHelloForAnother(InitiatorHello hello, InetSocketAddress from) {
            rendezvous.onHello(hello, from);
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
        return new RtmfpServerStats(counters.stats(), socket.stats(), endpoint.stats(), rendezvous.stats());
    }

    /** Where it listens, with the port that was chosen for port 0. */
    public InetSocketAddress address() {
        return socket.localAddress();
    }

    /** By which clients may know it. */
    public PeerId peerId() {
        return peerId;
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
            endpoint.close();
            socket.close();
        });
    }
}
