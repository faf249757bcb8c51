package lancaster.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import lancaster.access.IdentityFile;
import lancaster.access.PeerGate;
import lancaster.access.PublishGate;
import lancaster.config.GatewayConfig;
import lancaster.config.RtmfpConfig;
import lancaster.directory.DirectoryDesk;
import lancaster.directory.PeerDirectory;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.net.RtmfpServer;
import lancaster.rtmfp.net.RtmfpServerSettings;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.TcSettings;
import lancaster.rtmp.net.PlayHouse;

/** The RTMFP server, and who decides whom it serves. */
final class RtmfpSide implements AutoCloseable {
    /** Handshakes that are reckoned at a time. */
    private static final int CRYPTO_THREADS = 2;
    /** How long a key may count that its file holds no longer. */
    private static final long KEYS_S = 10;
    /** Sessions that end are sessions still. */
    private static final int ENDING = 8;

    private final RtmfpServer server;
    private final PeerGate gate;
    private final ExecutorService crypto;
    private final ScheduledFuture<?> refreshing;

    /** What it is connected to. */
    record House(PublishGate publishing, PlayHouse plays, PeerDirectory peers, Executor lookups) {}

    private RtmfpSide(RtmfpServer server, PeerGate gate, ExecutorService crypto, ScheduledExecutorService control) {
        this.server = server;
        this.gate = gate;
        this.crypto = crypto;
        this.refreshing = control.scheduleWithFixedDelay(gate::refresh, KEYS_S, KEYS_S, TimeUnit.SECONDS);
    }

    /**
     * @param state the state directory, where the server's identity is
     * @throws IOException where the identity can't be had, or the port
     */
    static RtmfpSide start(GatewayConfig config, Path state, Loops loops, ScheduledExecutorService control, House house)
            throws IOException {
        RtmfpConfig rtmfp = config.rtmfp().orElseThrow();
        NettyRunLoop loop = loops.rtmfp();
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Path file = state.resolve("keys").resolve("rtmfp-identity");
        FlashIdentity identity = FlashIdentity.generate(FlashSettings.SERVER, IdentityFile.open(file, random));
        PeerGate gate = new PeerGate(config.access(), loop, System::getenv, clock);
        gate.apply(rtmfp.addresses(), rtmfp.keys());
        ExecutorService crypto = Executors.newFixedThreadPool(CRYPTO_THREADS, task -> {
            Thread thread = new Thread(task, "rtmfp-crypto");
            thread.setDaemon(true);
            return thread;
        });
        boolean started = false;
        try {
            RtmfpServer server = RtmfpServer.start(
                    rtmfp.listen(),
                    settings(config, rtmfp),
                    loops.transport(),
                    loop,
                    identity,
                    crypto,
                    new RtmfpServer.House(
                            house.publishing().over("rtmfp"),
                            Optional.of(house.plays().overFlows("rtmfp", loop)),
                            gate,
                            new DirectoryDesk(house.peers(), control, loop, clock),
                            house.lookups()));
            server.apply(rtmfp.others());
            started = true;
            return new RtmfpSide(server, gate, crypto, control);
        } finally {
            if (!started) {
                crypto.shutdownNow();
            }
        }
    }

    private static RtmfpServerSettings settings(GatewayConfig config, RtmfpConfig rtmfp) {
        int connections = config.rtmp().settings().connections();
        return new RtmfpServerSettings(
                RtmfpSettings.DEFAULTS.with(
                        connections + connections / ENDING + 1, rtmfp.keepalive(), rtmfp.silenceTimeout()),
                new TcSettings(
                        TcSettings.DEFAULTS.videoLifetime(),
                        TcSettings.DEFAULTS.audioLifetime(),
                        rtmfp.keepalive(),
                        rtmfp.peerKeepalive()),
                config.rtmp().settings(),
                rtmfp.introductions(),
                rtmfp.reachTimeout());
    }

    /** Takes what can change while it runs: whom it serves, and the servers beside it. On the control thread. */
    void apply(GatewayConfig changed) {
        gate.apply(changed.access());
        changed.rtmfp().ifPresent(rtmfp -> {
            gate.apply(rtmfp.addresses(), rtmfp.keys());
            server.apply(rtmfp.others());
        });
    }

    InetSocketAddress address() {
        return server.address();
    }

    RtmfpServerStats stats() {
        return server.stats();
    }

    @Override
    public void close() {
        refreshing.cancel(false);
        server.close();
        crypto.shutdown();
    }
}
