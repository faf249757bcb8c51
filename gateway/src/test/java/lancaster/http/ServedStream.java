package lancaster.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import lancaster.access.AccessSettings;
import lancaster.access.AccessStats;
import lancaster.access.AccountStore;
import lancaster.access.AuditLog;
import lancaster.access.LocalToken;
import lancaster.access.ManageGate;
import lancaster.access.OneTimeSecret;
import lancaster.access.SessionSettings;
import lancaster.access.viewing.ViewingGate;
import lancaster.access.viewing.ViewingSettings;
import lancaster.api.AccountRoutes;
import lancaster.api.Api;
import lancaster.api.EventRoutes;
import lancaster.api.Events;
import lancaster.api.Histories;
import lancaster.api.LoginRoutes;
import lancaster.api.MulticastRoutes;
import lancaster.api.ReceiverRoutes;
import lancaster.api.StatusWatch;
import lancaster.api.StreamRoutes;
import lancaster.config.MulticastChange;
import lancaster.directory.DirectoryStats;
import lancaster.hds.HdsSettings;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.MulticastException;
import lancaster.output.Audience;
import lancaster.output.EndlessOutputs;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputs;
import lancaster.output.RecordedOutlet;
import lancaster.picture.Pictures;
import lancaster.publisher.FlvFileSource;
import lancaster.receiver.Receivers;
import lancaster.receiver.Sockets;
import lancaster.rtmp.session.RtmpServerStats;
import lancaster.segment.SegmentStore;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.TimelineDirectory;

/** A stream in virtual time, packaged, behind a real HTTP server. */
final class ServedStream implements AutoCloseable {
    static final StreamPath PATH = StreamPath.parse("live/townhall");
    static final int WINDOW = 5;
    static final Instant ZERO = Instant.ofEpochSecond(1_800_000_000);
    private static final AddressPlan PLAN = new AddressPlan(AddressPlan.DEFAULT_RANGE);
    private static final StreamSettings SETTINGS = new StreamSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            List.of("ts", "fmp4"),
            Optional.empty(),
            StreamSettings.DEFAULTS.onSecondPublisher(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));

    final SimRunLoop loop = new SimRunLoop();
    final StreamRegistry streams;
    final HlsOutputs hls;
    final HdsOutputs hds;
    final EndlessOutputs endless;
    final Pictures pictures;
    final MulticastOutputs multicasts;
    final List<CloseReason> closed = new ArrayList<>();
    final List<String> unready = new ArrayList<>();
    volatile boolean hangs;
    final Histories histories;
    final Events events;
    final StatusWatch watch;
    String targetState = "connecting";
    /** What the watch sees besides. */
    private final List<StatusWatch.Source> more =
            List.of(now -> now.add("republisher", PATH, "rtmp://far/live/a", targetState, targetState + "…"));

    final HttpServer server;
    final ManageGate managing;
    /** Who may watch. */
    ViewingSettings viewing = ViewingSettings.OPEN;

    boolean openMetrics = true;
    private final String token;
    private final SegmentStore store;
    private final HttpClient client = HttpClient.newHttpClient();
    private final FlvFileSource source;
    private final Publication publication;
    private long now90k;

    ServedStream(Path folder, HttpSettings settings) throws IOException {
        Path media = folder.resolve("media.flv");
        Files.write(media, GoldenFile.media("avc-aac.flv").toArray());
        source = new FlvFileSource(media, true);
        InstantSource clock = () -> ZERO.plusNanos(loop.nowNs());
        streams = new StreamRegistry(
                new TimelineDirectory(folder.resolve("timeline"), loop), clock, new SplittableRandom(1));
        store = new SegmentStore(folder.resolve("segments"), 1 << 30);
        hls = new HlsOutputs(store, path -> loop, path -> WINDOW);
        streams.addListener(hls);
        hds = new HdsOutputs(store, path -> loop, path -> Optional.of(new HdsSettings(WINDOW, Optional.empty())));
        streams.addListener(hds);
        endless = new EndlessOutputs(path -> loop);
        pictures = new Pictures(path -> loop, Runnable::run);
        streams.addListener(pictures);
        multicasts = new MulticastOutputs(
                loop,
                RecordedOutlet::new,
                PLAN,
                new AddressClaims(),
                path -> Optional.of(MulticastOutputSettings.DEFAULTS),
                clock,
                new SplittableRandom(2));
        streams.addListener(multicasts);
        publication = publish();
        Sockets noSockets = (wanted, listener) -> {
            throw new MulticastException("no sockets here");
        };
        Receivers receivers = new Receivers(loop, noSockets, streams, loop, clock, news -> {});
        events = new Events(clock);
        watch = new StatusWatch(streams, multicasts, receivers, more, events);
        Audience audience = new Audience(clock);
        histories = new Histories(streams, multicasts, audience, clock);
        managing = new ManageGate(
                new ManageGate.Parts(
                        new AccountStore(folder.resolve("access")),
                        new OneTimeSecret(folder.resolve("access"), random(), clock),
                        new LocalToken(folder.resolve("access"), random()),
                        new AuditLog(folder.resolve("access"), Runnable::run),
                        Runnable::run,
                        Runnable::run,
                        random(),
                        clock,
                        loop::nowNs),
                AccessSettings.DEFAULTS,
                SessionSettings.DEFAULTS);
        token = LocalToken.read(folder.resolve("access"));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(
                HttpListeners.plain(any),
                settings,
                1,
                new Site(
                        streams,
                        hls,
                        hds,
                        endless,
                        pictures,
                        multicasts,
                        receivers,
                        Api.of(
                                (route, request, status) -> {},
                                new StreamRoutes(streams, hls, hds, multicasts, audience, histories),
                                new MulticastRoutes(streams, multicasts, this::change),
                                new ReceiverRoutes(receivers),
                                new EventRoutes(events),
                                new LoginRoutes(managing, SessionSettings.DEFAULTS.lifetime(), Runnable::run),
                                new AccountRoutes(managing, Runnable::run)),
                        managing,
                        new ViewingGate(path -> viewing, name -> null, clock, loop::nowNs),
                        () -> openMetrics,
                        audience,
                        1935,
                        clock,
                        () -> List.copyOf(unready),
                        vitals()));
    }

    private Vitals vitals() {
        RtmpServerStats.Faults none = new RtmpServerStats.Faults(0, 0, 0);
        RtmpServerStats rtmp = new RtmpServerStats(3, 1, 0, 2, 1, 1, 0, 0, 0, 0, none, none, none, 0, 0, 0, 0, 4_000);
        return new Vitals(
                "1.2.3",
                () -> List.of(new Vitals.Carrier("rtmp", rtmp)),
                Optional::empty,
                () -> new DirectoryStats(2, 7, 3),
                () -> new AccessStats(5, 1),
                store::stats,
                1 << 30,
                () -> List.of(new Vitals.LoopState("publish-1", 2_500_000_000L, hangs)),
                List::of,
                List::of);
    }

    /** Fit for secrets of a test. */
    private static RandomGenerator random() {
        return new SplittableRandom(3);
    }

    private MulticastOutputs.Change change(String json, StreamPath path) {
        return (present, others) -> MulticastChange.apply(json, present, path.toString(), PLAN, others);
    }

    private Publication publish() {
        PublisherInfo info = new PublisherInfo("test", "192.0.2.1:1000", "fake");
        PublishOutcome outcome = streams.publish(PATH, info, closed::add, loop, SETTINGS);
        return ((PublishOutcome.Accepted) outcome).publication();
    }

    /** Lets the encoder publish for {@code seconds} more. */
    ServedStream run(int seconds) throws IOException {
        long end90k = now90k + seconds * Timebase.HZ;
        while (now90k < end90k) {
            MediaEvent event = source.next().orElseThrow();
            if (event instanceof AccessUnit unit && unit.dts90k() > now90k) {
                loop.advanceNs((unit.dts90k() - now90k) * 100_000 / 9);
                now90k = unit.dts90k();
            }
            publication.publish(event);
            loop.runDue();
        }
        return this;
    }

    void end() {
        publication.end(EndReason.UNPUBLISHED);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException, InterruptedException {
        return ask(method, path, "", authorized(path, headers));
    }

    /** Without the token that the others show to the API. */
    HttpResponse<byte[]> ask(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** What a command on the box shows. */
    String authorization() {
        return "Bearer " + token;
    }

    private String[] authorized(String path, String... headers) {
        if (!path.startsWith("/api/")) {
            return headers;
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", authorization()));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
        server.close();
        store.close();
        source.close();
    }
}
