package lancaster.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lancaster.access.KeyRing;
import lancaster.access.KeyStore;
import lancaster.access.PublishGate;
import lancaster.access.viewing.PlayGate;
import lancaster.access.viewing.ViewingSettings;
import lancaster.api.Api;
import lancaster.config.ConfigControl;
import lancaster.config.GatewayConfig;
import lancaster.config.LoadedConfig;
import lancaster.config.MulticastChange;
import lancaster.config.StreamConfig;
import lancaster.directory.DirectorySettings;
import lancaster.directory.PeerDirectory;
import lancaster.hds.HdsSettings;
import lancaster.http.HttpServer;
import lancaster.http.Site;
import lancaster.http.Vitals;
import lancaster.net.ListenException;
import lancaster.net.Loops;
import lancaster.output.EndlessOutputs;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputSettings;
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
import lancaster.receiver.SourceSettings;
import lancaster.republish.Republishers;
import lancaster.republish.Uplinks;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.rtmp.net.PlayHouse;
import lancaster.rtmp.net.RtmpClientTls;
import lancaster.rtmp.net.RtmpServer;
import lancaster.rtmp.net.RtmpTls;
import lancaster.segment.SegmentStore;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.TimelineDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place that builds and connects everything. Made, started and closed by the command that runs it. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** For the last writes to the disk. */
    private static final long END_TIMEOUT_S = 2;
    /** Files of timelines that are written at a time. */
    private static final int TIMELINES = 16;
    /** Names of hosts that are looked up at a time. */
    private static final int LOOKUPS = 4;

    /** Timelines and keys need less; a disk that is as full as this is full. */
    private static final long MIN_STATE_BYTES = 1 << 20;

    /** What must be closed, last opened first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final Reload reload;
    private final Republishers republishers;
    private final Pulls pulls;
    private final Directories directories;
    private final RtmpServer rtmp;
    private final Optional<RtmpServer> rtmps;
    private final Optional<RtmfpSide> rtmfp;
    private final HttpServer http;
    private final HlsOutputs hls;
    private final StreamRegistry streams;
    private final MulticastOutputs multicasts;
    private final LoopGuard guard = new LoopGuard(System::nanoTime);
    private volatile boolean closing;
    private final Api api;
    /** What all that begins from now on gets its settings from. */
    private volatile GatewayConfig config;

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
        this.config = loaded.config();
        this.directories = directories;
        boolean started = false;
        try {
            directories.create();
            open.push(directories::discard);
            InstantSource clock = InstantSource.system();
            SecureRandom random = new SecureRandom();
            int cores = Runtime.getRuntime().availableProcessors();
            ScheduledExecutorService control =
                    Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "control"));
            opened(control);
            Management management = opened(new Management(clock));
            SegmentStore store = opened(
                    new SegmentStore(directories.runtime(), config.storage().segmentLimitBytes()));
            Loops loops = opened(Loops.start(cores));
            ExecutorService disk = opened(Executors.newSingleThreadExecutor(task -> daemon(task, "disk")));
            Security security = opened(new Security(
                    config.security(),
                    config.access(),
                    directories.state().resolve("access"),
                    this::viewing,
                    disk,
                    control));
            // Each waits for the disk, which takes what many ask for at once as one.
            ExecutorService timelining =
                    opened(Executors.newFixedThreadPool(TIMELINES, task -> daemon(task, "timeline")));
            TimelineDirectory timelines =
                    new TimelineDirectory(directories.state().resolve("timeline"), timelining);
            streams = new StreamRegistry(timelines, clock, random);
            hls = new HlsOutputs(store, loops::packaging, this::hlsWindow);
            streams.addListener(hls);
            HdsOutputs hds = new HdsOutputs(store, loops::packaging, this::hds);
            streams.addListener(hds);
            ExecutorService decoder = opened(Executors.newSingleThreadExecutor(task -> daemon(task, "picture")));
            Pictures pictures = new Pictures(loops::packaging, decoder);
            streams.addListener(pictures);
            MulticastSockets sockets = new MulticastSockets(loops);
            multicasts = opened(new MulticastOutputs(
                    loops.multicast(),
                    sockets,
                    config.multicast().plan(),
                    config.multicastClaims(),
                    this::multicast,
                    clock,
                    random));
            streams.addListener(multicasts);
            var unused = opened(new SapAnnouncer(loops.multicast(), sockets, multicasts, random));
            // Names that nobody answers for take their time.
            ExecutorService lookups = Executors.newFixedThreadPool(LOOKUPS, task -> daemon(task, "lookup"));
            open.push(lookups::shutdownNow);
            republishers = opened(new Republishers(
                    Uplinks.of(loops, lookups, new RtmpClientTls(security.authorities(), lookups)),
                    path -> config.stream(path).map(StreamConfig::republish).orElse(List.of()),
                    clock,
                    random));
            streams.addListener(republishers);
            KeyStore keys = new KeyStore(directories.state().resolve("keys"), random, clock);
            keys.makeDefault();
            PublishGate gate = new PublishGate(
                    this::entry,
                    new KeyRing(keys, System::getenv, clock),
                    config.access(),
                    control,
                    System::nanoTime,
                    streams);
            open.push(() -> endStreams(streams));
            Receivers receivers =
                    opened(new Receivers(loops.multicast(), Sockets.of(loops), streams, control, clock, news));
            pulls = opened(new Pulls(new NetSources(loops, lookups, security.authorities()), streams, clock, random));
            streams.addListener(management.audience().players());
            PlayHouse plays = new PlayHouse(
                    loops,
                    new PlayGate(
                            path -> config.stream(path).isPresent(), security.viewing(), control, System::nanoTime),
                    config.rtmp().play(),
                    streams,
                    management.audience().players());
            rtmp = opened(RtmpServer.start(
                    config.rtmp().listen(), config.rtmp().settings(), loops, gate.over("rtmp"), plays));
            rtmps = rtmps(security, loops, gate, plays);
            PeerDirectory peers = new PeerDirectory(DirectorySettings.DEFAULTS, clock);
            rtmfp = config.rtmfp().isEmpty()
                    ? Optional.empty()
                    : Optional.of(opened(RtmfpSide.start(
                            config,
                            directories.state(),
                            loops,
                            control,
                            new RtmfpSide.House(gate, plays, peers, lookups))));
            reload = new Reload(
                    loaded,
                    new Reload.Parts(streams, hls, hds, multicasts, republishers, receivers, pulls, gate, store),
                    control,
                    changed -> {
                        security.apply(changed.security());
                        inForce(changed);
                    });
            api = management.api(
                    new Management.Managed(
                            streams,
                            hls,
                            hds,
                            multicasts,
                            this::multicastChange,
                            receivers,
                            republishers,
                            pulls,
                            peers,
                            keys,
                            path -> config.stream(path).map(StreamConfig::key),
                            gate::stats,
                            this::rtmfpStats,
                            this::unready,
                            version(),
                            rtmp.address().getPort(),
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
                    () -> config.security().openMetrics(),
                    management.audience(),
                    rtmp.address().getPort(),
                    clock,
                    this::unready,
                    new Vitals(
                            version(),
                            this::carriers,
                            this::rtmfpStats,
                            management::directory,
                            gate::stats,
                            store::stats,
                            config.storage().segmentLimitBytes(),
                            guard::states,
                            republishers::all,
                            pulls::all));
            http = opened(HttpServer.start(
                    security.listeners(config.http().listen(), config.security()),
                    config.http().settings(),
                    cores,
                    site));
            opened(guard).start(loops.all(), http.loops(), control);
            ConfigWarnings.log(config);
            reload.startReceivers();
            if (loaded.source().file().isPresent()) {
                open.push(ControlSocket.open(directories.state(), reload));
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
        return rtmfp.map(RtmfpSide::stats);
    }

    private void inForce(GatewayConfig changed) {
        config = changed;
        rtmfp.ifPresent(side -> side.apply(changed));
    }

    /** What listens, as {@code NAME=ADDRESS:PORT}. */
    public List<String> listeners() {
        List<String> listeners = new ArrayList<>(List.of("rtmp=" + Addresses.text(rtmp.address())));
        for (String name : new String[] {"http", "https", "admin"}) {
            InetSocketAddress address = http.addresses().get(name);
            if (address != null) {
                listeners.add(name + '=' + Addresses.text(address));
            }
        }
        rtmfp.ifPresent(server -> listeners.add("rtmfp=" + Addresses.text(server.address())));
        rtmps.ifPresent(server -> listeners.add("rtmps=" + Addresses.text(server.address())));
        return listeners;
    }

    private Optional<RtmpServer> rtmps(Security security, Loops loops, PublishGate gate, PlayHouse plays)
            throws ListenException {
        Optional<InetSocketAddress> listen = config.security().rtmps();
        Optional<RtmpTls> tls = security.rtmpTls();
        return listen.isPresent() && tls.isPresent()
                ? Optional.of(opened(RtmpServer.startTls(
                        listen.get(), config.rtmp().settings(), loops, gate.over("rtmps"), plays, tls.get())))
                : Optional.empty();
    }

    private List<Vitals.Carrier> carriers() {
        List<Vitals.Carrier> carriers = new ArrayList<>(List.of(new Vitals.Carrier("rtmp", rtmp.stats())));
        rtmps.ifPresent(server -> carriers.add(new Vitals.Carrier("rtmps", server.stats())));
        rtmfp.ifPresent(server ->
                carriers.add(new Vitals.Carrier("rtmfp", server.stats().connections())));
        return carriers;
    }

    private ViewingSettings viewing(StreamPath path) {
        return config.stream(path)
                .map(StreamConfig::viewing)
                .orElse(config.security().viewing());
    }

    public InetSocketAddress rtmpAddress() {
        return rtmp.address();
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
        closing = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("close failed", e);
            }
        }
    }

    /** Once no publisher can come back, each stream gets its last mark and its timeline is written. */
    private static void endStreams(StreamRegistry streams) throws Exception {
        streams.close().get(END_TIMEOUT_S, TimeUnit.SECONDS);
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /** What it has begun it may end within bounds: a file that is half written is no use. */
    private ExecutorService opened(ExecutorService executor) {
        open.push(() -> {
            executor.shutdown();
            if (!executor.awaitTermination(END_TIMEOUT_S, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        });
        return executor;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private int hlsWindow(StreamPath path) {
        return config.stream(path).flatMap(StreamConfig::hlsWindow).orElse(0);
    }

    private Optional<HdsSettings> hds(StreamPath path) {
        return config.stream(path).flatMap(StreamConfig::hds);
    }

    private Optional<MulticastOutputSettings> multicast(StreamPath path) {
        return config.stream(path).flatMap(StreamConfig::multicast);
    }

    private MulticastOutputs.Change multicastChange(String json, StreamPath path) {
        return (present, others) -> MulticastChange.apply(
                json, present, path.toString(), config.multicast().plan(), others);
    }

    private Optional<PublishGate.Entry> entry(StreamPath path) {
        return config.stream(path)
                .map(stream -> new PublishGate.Entry(
                        stream.key(), stream.live(), stream.source().map(SourceSettings::toString)));
    }

    private List<String> unready() {
        List<String> reasons = new ArrayList<>();
        guard.states().stream()
                .filter(Vitals.LoopState::hangs)
                .forEach(state -> reasons.add("loop " + state.name() + " hangs"));
        if (closing) {
            reasons.add("it is stopping");
        }
        if (directories.state().toFile().getUsableSpace() < MIN_STATE_BYTES) {
            reasons.add(directories.state() + " is full");
        }
        for (Path folder : new Path[] {directories.state(), directories.runtime()}) {
            if (!Files.isWritable(folder)) {
                reasons.add(folder + " can't be written");
            }
        }
        return reasons;
    }
}
