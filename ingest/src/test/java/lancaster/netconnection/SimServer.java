package lancaster.netconnection;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rendezvous.Rendezvous;
import lancaster.rendezvous.RendezvousSettings;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcServer;
import lancaster.rtmfp.tc.TcSettings;
import lancaster.rtmp.session.FakePublishHandler;
import lancaster.rtmp.session.RtmpServerContext;
import lancaster.rtmp.session.RtmpServerCounters;
import lancaster.rtmp.session.RtmpSettings;

/** Our server on a simulated host: it takes streams and introduces everybody to everybody. */
final class SimServer implements EndpointListener {
    private static final int PORT = 1935;
    private static final FlashIdentity IDENTITY = FlashIdentity.generate(FlashSettings.SERVER, new SplittableRandom(1));

    final SimHost host;
    final FakePublishHandler handler = new FakePublishHandler();
    final Rendezvous rendezvous;
    private final TcServer clients;

    SimServer(SimNetwork network, String address) {
        host = network.host(address, SimLink.Settings.delayMs(10));
        RtmfpEndpoint endpoint = new RtmfpEndpoint(
                RtmfpSettings.DEFAULTS,
                network.loop(),
                (array, offset, length, to, timeCritical) -> host.send(PORT, array, offset, length, to),
                new FlashCryptoProfile(IDENTITY, network.random()),
                network.loop(),
                network.random(),
                this);
        host.bind(PORT, endpoint::onDatagram);
        rendezvous = new Rendezvous(RendezvousSettings.DEFAULTS, network.loop(), endpoint::redirect, ip -> true);
        RtmpServerContext context = new RtmpServerContext(
                RtmpSettings.DEFAULTS,
                network.loop(),
                new SplittableRandom(1),
                handler,
                new RtmpServerCounters(),
                Optional.empty());
        clients = new TcServer(
                context,
                TcSettings.DEFAULTS,
                new TcServer.Meeting(rendezvous, Admission.EVERYBODY, (ip, keys) -> false, PeerNames.NONE));
    }

    List<InetSocketAddress> address() {
        return List.of(host.socket(PORT));
    }

    @Override
    public void onSession(Session session) {
        clients.onSession(session);
    }

    @Override
    public void onHelloForAnother(InitiatorHello hello, InetSocketAddress from) {
        rendezvous.onHello(hello, from);
    }

    @Override
    public void onFailure(Session session, RuntimeException failure) {
        throw new AssertionError("a session of the server failed", failure);
    }
}
