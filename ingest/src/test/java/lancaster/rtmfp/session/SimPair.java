package lancaster.rtmfp.session;

import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;

/** Two endpoints with an open session over links of one kind, in a network of one seed. */
final class SimPair {
    final SimRunLoop loop = new SimRunLoop();
    final SplittableRandom random;
    final SimNetwork network;
    final SimPeer client;
    final SimPeer server;
    final SimPeer.Told near;
    final SimPeer.Told far;

    SimPair(long seed, SimLink.Settings link) {
        this(seed, link, RtmfpSettings.DEFAULTS);
    }

    /** The session opens over a perfect network, so that what the link does to it begins afterwards. */
    SimPair(long seed, SimLink.Settings link, RtmfpSettings settings) {
        random = new SplittableRandom(seed);
        network = new SimNetwork(loop, seed);
        client = new SimPeer(network, network.host("10.0.0.1", SimLink.Settings.IDEAL), "client", settings);
        server = new SimPeer(network, network.host("10.0.0.2", SimLink.Settings.IDEAL), "server", settings);
        client.open("server", server.address());
        loop.advanceMs(1);
        near = client.last();
        far = server.last();
        link(link);
    }

    /** What both ends send goes over links like this from now on. */
    void link(SimLink.Settings link) {
        client.host.up().settings(link);
        server.host.up().settings(link);
    }

    /** What a path may be like: delays up to 150 ms, bad luck of all kinds, sometimes a narrow place. */
    static SimLink.Settings anyLink(SplittableRandom random) {
        SimLink.Settings link = SimLink.Settings.delayMs(random.nextInt(150))
                .jitterMs(random.nextInt(30))
                .loss(random.nextBoolean() ? 0 : random.nextDouble(0.2))
                .reorder(random.nextBoolean() ? 0 : random.nextDouble(0.1))
                .duplicate(random.nextBoolean() ? 0 : random.nextDouble(0.1))
                .mtu(1_500);
        return random.nextInt(3) == 0
                ? link.rate(500_000 + random.nextInt(5_000_000), 5_000 + random.nextInt(60_000))
                : link;
    }

    Optional<CloseReason> nearClosed() {
        return near.closed;
    }
}
