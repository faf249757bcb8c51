package lancaster.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import lancaster.access.PublishGate;
import lancaster.config.GatewayConfig;
import lancaster.directory.PeerDirectory;
import lancaster.http.Vitals;
import lancaster.net.ListenException;
import lancaster.net.Loops;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.rtmp.net.PlayHouse;
import lancaster.rtmp.net.RtmpServer;
import lancaster.rtmp.net.RtmpTls;

/** What encoders and players of streams connect to: RTMP, by TLS too, and RTMFP. */
final class MediaServers {
    private final RtmpServer rtmp;
    private final Optional<RtmpServer> rtmps;
    private final Optional<RtmfpSide> rtmfp;

    /**
     * What they are connected to.
     *
     * @param state where the identity is by which RTMFP knows this box
     */
    record House(
            Path state,
            Loops loops,
            PublishGate gate,
            PlayHouse plays,
            Security security,
            PeerDirectory peers,
            ScheduledExecutorService control,
            Executor lookups) {}

    /** @throws IOException where one can't listen; what listens by then is in {@code opened} */
    MediaServers(GatewayConfig config, House house, Opened opened) throws IOException {
        rtmp = opened.add(RtmpServer.start(
                config.rtmp().listen(),
                config.rtmp().settings(),
                house.loops(),
                house.gate().over("rtmp"),
                house.plays()));
        rtmps = rtmps(config, house, opened);
        rtmfp = config.rtmfp().isEmpty()
                ? Optional.empty()
                : Optional.of(opened.add(RtmfpSide.start(
                        config,
                        house.state(),
                        house.loops(),
                        house.control(),
                        new RtmfpSide.House(house.gate(), house.plays(), house.peers(), house.lookups()))));
    }

    private static Optional<RtmpServer> rtmps(GatewayConfig config, House house, Opened opened) throws ListenException {
        Optional<InetSocketAddress> listen = config.security().rtmps();
        Optional<RtmpTls> tls = house.security().rtmpTls();
        return listen.isPresent() && tls.isPresent()
                ? Optional.of(opened.add(RtmpServer.startTls(
                        listen.get(),
                        config.rtmp().settings(),
                        house.loops(),
                        house.gate().over("rtmps"),
                        house.plays(),
                        tls.get())))
                : Optional.empty();
    }

    /** Takes what can change while they run. On the control thread. */
    void apply(GatewayConfig changed) {
        rtmfp.ifPresent(side -> side.apply(changed));
    }

    InetSocketAddress rtmpAddress() {
        return rtmp.address();
    }

    /** Those besides RTMP, as {@code NAME=ADDRESS:PORT}. */
    List<String> others() {
        List<String> listeners = new ArrayList<>();
        rtmfp.ifPresent(server -> listeners.add("rtmfp=" + Addresses.text(server.address())));
        rtmps.ifPresent(server -> listeners.add("rtmps=" + Addresses.text(server.address())));
        return listeners;
    }

    /** What RTMFP does; empty where it isn't served. */
    Optional<RtmfpServerStats> rtmfpStats() {
        return rtmfp.map(RtmfpSide::stats);
    }

    List<Vitals.Carrier> carriers() {
        List<Vitals.Carrier> carriers = new ArrayList<>(List.of(new Vitals.Carrier("rtmp", rtmp.stats())));
        rtmps.ifPresent(server -> carriers.add(new Vitals.Carrier("rtmps", server.stats())));
        rtmfp.ifPresent(server ->
                carriers.add(new Vitals.Carrier("rtmfp", server.stats().connections())));
        return carriers;
    }
}
