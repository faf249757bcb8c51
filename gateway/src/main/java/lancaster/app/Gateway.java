package lancaster.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lancaster.access.KeyRing;
import lancaster.access.KeyStore;
import lancaster.access.PublishGate;
import lancaster.access.viewing.PlayGate;
import lancaster.api.Api;
import lancaster.config.ConfigControl;
import lancaster.config.GatewayConfig;
import lancaster.config.LoadedConfig;
import lancaster.directory.DirectorySettings;
import lancaster.directory.PeerDirectory;
import lancaster.http.HttpServer;
import lancaster.http.Site;
import lancaster.http.Vitals;
import lancaster.net.Loops;
import lancaster.output.EndlessOutputs;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.output.MulticastSockets;
import lancaster.output.SapAnnouncer;
import lancaster.picture.Pictures;
import lancaster.pull.NetSources;
import lancaster.pull.Pulls;
import lancaster.receiver.ReceiverNews;
import lancaster.receiver.Receivers;
import lancaster.receiver.Sockets;
import lancaster.republish.Republishers;
import lancaster.republish.Uplinks;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.rtmp.net.PlayHouse;
import lancaster.rtmp.net.RtmpClientTls;
import lancaster.segment.SegmentStore;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.TimelineDirectory;

/** The only place that builds and connects everything. Made, started and closed by the command that runs it. */
public final class Gateway implements AutoCloseable {
    /** Files of timelines that are written at a time. */
    private static final int TIMELINES = 16;
    /** Names of hosts that are looked up at a time. */
    private static final int LOOKUPS = 4;

    private final Opened opened = new Opened();
    private final Reload reload;
    private final Republishers republishers;
    private final Pulls pulls;
    private final MediaServers servers;
    private final HttpServer http;
    private final HlsOutputs hls;
    private final StreamRegistry streams;
    private final MulticastOutputs multicasts;
    private final LoopGuard guard = new LoopGuard(System::nanoTime);
    private final Readiness readiness;
    private final Api api;

    /** @throws IOException where a folder or a listener can't be had; nothing stays open then */
    public static Gateway start(GatewayConfig config, Directories directories) throws IOException {
        return start(config, directories, news -> {});
    }

    /** @param news is told how streams do that are received; on a loop */
    public static Gateway start(GatewayConfig config, Directories directories, Consumer<ReceiverNews> news)
            throws IOException {
        return new Gateway(LoadedConfig.fixed(config), directories, news);
    }

    /** A gateway that can be told to read its configuration again. */
    public static Gateway start(LoadedConfig loaded, Directories directories) throws IOException {
        return new Gateway(loaded, directories, news -> {});
    }

    private Gateway(LoadedConfig loaded, Directories directories, Consumer<ReceiverNews> news) throws IOException {
        GatewayConfig config = loaded.config();
        InForce inForce = new InForce(config);
        readiness = new Readiness(guard, directories);
        boolean started = false;
        try {
            directories.create();
            opened.onClose(directories::discard);
            InstantSource clock = InstantSource.system();
            SecureRandom random = new SecureRandom();
            int cores = Runtime.getRuntime().availableProcessors();
            ScheduledExecutorService control = opened.timed("control");
            Management management = opened.add(new Management(clock));
            SegmentStore store = opened.add(
                    new SegmentStore(directories.runtime(), config.storage().segmentLimitBytes()));
            Loops loops = opened.add(Loops.start(cores));
            ExecutorService disk = opened.thread("disk");
            Security security = opened.add(new Security(
                    config.security(),
                    config.access(),
                    directories.state().resolve("access"),
                    inForce::viewing,
                    disk,
                    control));
            // Each waits for the disk, which takes what many ask for at once as one.
            ExecutorService timelining = opened.threads("timeline", TIMELINES);
            TimelineDirectory timelines =
                    new TimelineDirectory(directories.state().resolve("timeline"), timelining);
            streams = new StreamRegistry(timelines, clock, random);
            hls = new HlsOutputs(store, loops::packaging, inForce::hlsWindow);
            streams.addListener(hls);
            HdsOutputs hds = new HdsOutputs(store, loops::packaging, inForce::hds);
            streams.addListener(hds);
            ExecutorService decoder = opened.thread("picture");
            Pictures pictures = new Pictures(loops::packaging, decoder);
            streams.addListener(pictures);
            MulticastSockets sockets = new MulticastSockets(loops);
            multicasts = opened.add(new MulticastOutputs(
                    loops.multicast(),
                    sockets,
                    config.multicast().plan(),
                    config.multicastClaims(),
                    inForce::multicast,
                    clock,
                    random));
            streams.addListener(multicasts);
            var unused = opened.add(new SapAnnouncer(loops.multicast(), sockets, multicasts, random));
            // Names that nobody answers for take their time.
            ExecutorService lookups = opened.idleThreads("lookup", LOOKUPS);
            republishers = opened.add(new Republishers(
                    Uplinks.of(loops, lookups, new RtmpClientTls(security.authorities(), lookups)),
                    inForce::republish,
                    clock,
                    random));
            streams.addListener(republishers);
            KeyStore keys = new KeyStore(directories.state().resolve("keys"), random, clock);
            keys.makeDefault();
            PublishGate gate = new PublishGate(
                    inForce::entry,
                    new KeyRing(keys, System::getenv, clock),
                    config.access(),
                    control,
                    System::nanoTime,
                    streams);
            opened.onClose(() -> endStreams(streams));
            Receivers receivers =
                    opened.add(new Receivers(loops.multicast(), Sockets.of(loops), streams, control, clock, news));
            pulls = opened.add(
                    new Pulls(new NetSources(loops, lookups, security.authorities()), streams, clock, random));
            streams.addListener(management.audience().players());
            PlayHouse plays = new PlayHouse(
                    loops,
                    new PlayGate(inForce::knows, security.viewing(), control, System::nanoTime),
                    config.rtmp().play(),
                    streams,
                    management.audience().players());
            PeerDirectory peers = new PeerDirectory(DirectorySettings.DEFAULTS, clock);
            servers = new MediaServers(
                    config,
                    new MediaServers.House(directories.state(), loops, gate, plays, security, peers, control, lookups),
                    opened);
            reload = new Reload(
                    loaded,
                    new Reload.Parts(streams, hls, hds, multicasts, republishers, receivers, pulls, gate, store),
                    control,
                    changed -> {
                        security.apply(changed.security());
                        inForce.change(changed);
                        servers.apply(changed);
                    });
            api = management.api(
                    new Management.Managed(
                            streams,
                            hls,
                            hds,
                            multicasts,
                            inForce::multicastChange,
                            receivers,
                            republishers,
                            pulls,
                            peers,
                            keys,
                            inForce::key,
                            gate::stats,
                            servers::rtmfpStats,
                            readiness::lacks,
                            version(),
                            servers.rtmpAddress().getPort(),
                            security),
                    control,
                    reload);
            Site site = new Site(
                    streams,
                    hls,
                    hds,
                    new EndlessOutputs(loops::packaging),
                    pictures,
                    multicasts,
                    receivers,
                    api,
                    security.managing(),
                    security.viewing(),
                    inForce::openMetrics,
                    management.audience(),
                    servers.rtmpAddress().getPort(),
                    clock,
                    readiness::lacks,
                    new Vitals(
                            version(),
                            servers::carriers,
                            servers::rtmfpStats,
                            management::directory,
                            gate::stats,
                            store::stats,
                            config.storage().segmentLimitBytes(),
                            guard::states,
                            republishers::all,
                            pulls::all));
            http = opened.add(HttpServer.start(
                    security.listeners(config.http().listen(), config.security()),
                    config.http().settings(),
                    cores,
                    site));
            opened.add(guard).start(loops.all(), http.loops(), control);
            ConfigWarnings.log(config);
            reload.startReceivers();
            if (loaded.source().file().isPresent()) {
                opened.onClose(ControlSocket.open(directories.state(), reload));
            }
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /** Who is told that a reload begins, and that it is over. */
    public void announceReloads(Runnable begins, Runnable ends) {
        reload.announce(begins, ends);
    }

    /** The configuration, to be read again. */
    public ConfigControl configControl() {
        return reload;
    }

    public Republishers republishers() {
        return republishers;
    }

    public Pulls pulls() {
        return pulls;
    }

    /** What RTMFP does; empty where it isn't served. */
    public Optional<RtmfpServerStats> rtmfpStats() {
        return servers.rtmfpStats();
    }

    /** What listens, as {@code NAME=ADDRESS:PORT}. */
    public List<String> listeners() {
        List<String> listeners = new ArrayList<>(List.of("rtmp=" + Addresses.text(rtmpAddress())));
        for (String name : new String[] {"http", "https", "admin"}) {
            InetSocketAddress address = http.addresses().get(name);
            if (address != null) {
                listeners.add(name + '=' + Addresses.text(address));
            }
        }
        listeners.addAll(servers.others());
        return listeners;
    }

    public InetSocketAddress rtmpAddress() {
        return servers.rtmpAddress();
    }

    public InetSocketAddress httpAddress() {
        return http.address();
    }

    public Api api() {
        return api;
    }

    /** Whether players find something of the stream. */
    public boolean isListed(StreamPath path) {
        return hls.find(path).map(output -> output.feed().listed()).orElse(false);
    }

    private static String version() {
        return Optional.ofNullable(Gateway.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    /** Whether every loop turns; from any thread. */
    public boolean isAlive() {
        return guard.allTurn();
    }

    /** What goes on, in a few words. */
    public String summary() {
        long live = streams.live().stream()
                .filter(stream -> stream.stats().publisher().isPresent())
                .count();
        long sent = multicasts.all().stream()
                .filter(output -> output.stats().state() == MulticastOutputStats.State.SENDING)
                .count();
        return live + (live == 1 ? " stream" : " streams") + " on air, " + sent + " by multicast";
    }

    @Override
    public void close() {
        readiness.stopping();
        opened.close();
    }

    /** Once no publisher can come back, each stream gets its last mark and its timeline is written. */
    private static void endStreams(StreamRegistry streams) throws Exception {
        streams.close().get(Opened.END_TIMEOUT_S, TimeUnit.SECONDS);
    }
}
