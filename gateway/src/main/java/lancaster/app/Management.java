package lancaster.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import lancaster.access.AccessStats;
import lancaster.access.AuditEntry;
import lancaster.access.KeySource;
import lancaster.access.KeyStore;
import lancaster.access.Role;
import lancaster.api.AccountRoutes;
import lancaster.api.Api;
import lancaster.api.ApiRequest;
import lancaster.api.AuditRoutes;
import lancaster.api.DoctorRoutes;
import lancaster.api.EventRoutes;
import lancaster.api.Events;
import lancaster.api.Histories;
import lancaster.api.KeyRoutes;
import lancaster.api.LogRoutes;
import lancaster.api.LoginRoutes;
import lancaster.api.MulticastRoutes;
import lancaster.api.OpenApiRoutes;
import lancaster.api.PackagingRoutes;
import lancaster.api.PeerRoutes;
import lancaster.api.PublishAddress;
import lancaster.api.ReceiverRoutes;
import lancaster.api.RecentLog;
import lancaster.api.StatisticsRoutes;
import lancaster.api.StatusWatch;
import lancaster.api.StreamRoutes;
import lancaster.api.TokenRoutes;
import lancaster.api.UnattendedRoutes;
import lancaster.api.UnattendedWatch;
import lancaster.api.config.ConfigRoutes;
import lancaster.config.ConfigEditor;
import lancaster.directory.DirectoryStats;
import lancaster.directory.PeerDirectory;
import lancaster.doctor.net.Doctor;
import lancaster.doctor.net.Question;
import lancaster.output.Audience;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputs;
import lancaster.pull.Pulls;
import lancaster.receiver.Receivers;
import lancaster.republish.Republishers;
import lancaster.rtmfp.net.RtmfpServerStats;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API and what it needs besides what it manages: events, the log of late, history. */
final class Management implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    private static final Duration EXAMINATION = Duration.ofSeconds(10);
    private static final long DOCTOR_STAYS_S = 30;

    private static final int FIRST_ERROR = 400;

    private final InstantSource clock;
    private final Instant since;
    private final Events events;
    private final Audience audience;
    private final RecentLog log;
    /** Ends that the log is listened to. */
    private final Runnable logging;
    /** A thread that is there while it examines. */
    private final ExecutorService doctor;

    /** As it was within the last second. */
    private volatile DirectoryStats directory = new DirectoryStats(0, 0, 0);

    /** What is managed. */
    record Managed(
            StreamRegistry streams,
            HlsOutputs hls,
            HdsOutputs hds,
            MulticastOutputs multicasts,
            MulticastRoutes.Changes multicastChanges,
            Receivers receivers,
            Republishers republishers,
            Pulls pulls,
            PeerDirectory peers,
            KeyStore keys,
            Function<StreamPath, Optional<KeySource>> keySources,
            Supplier<AccessStats> access,
            Supplier<Optional<RtmfpServerStats>> rtmfp,
            Supplier<List<String>> unready,
            String version,
            int rtmpPort,
            Security security) {}

    Management(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.events = new Events(clock);
        this.audience = new Audience(clock);
        this.log = new RecentLog(events);
        this.logging = RecentLogAppender.attach(log);
        this.doctor =
                new ThreadPoolExecutor(0, 1, DOCTOR_STAYS_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "doctor");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Who watches over HTTP. */
    Audience audience() {
        return audience;
    }

    /** How names of peers are looked up; a second old at most. */
    DirectoryStats directory() {
        return directory;
    }

    /** Tells those who watch what happens. */
    Events events() {
        return events;
    }

    /** The routes; from now on {@code control} looks each second at how everything does. */
    Api api(Managed managed, ScheduledExecutorService control, Reload reload) {
        Histories histories = new Histories(managed.streams(), managed.multicasts(), audience, clock);
        watch(
                control,
                managed.peers(),
                histories,
                new StatusWatch(
                        managed.streams(),
                        managed.multicasts(),
                        managed.receivers(),
                        List.of(new UnattendedWatch(managed.republishers(), managed.pulls())),
                        events));
        return Api.of(
                (route, request, status) -> {
                    events.tellChange(route, request, status);
                    if (!LoginRoutes.isWayIn(route) && request.who().role() != Role.ANYONE) {
                        audit(managed.security(), request, status);
                    }
                },
                new StreamRoutes(
                        managed.streams(), managed.hls(), managed.hds(), managed.multicasts(), audience, histories),
                new PackagingRoutes(managed.streams(), managed.hls(), managed.hds()),
                new MulticastRoutes(managed.streams(), managed.multicasts(), managed.multicastChanges()),
                new ReceiverRoutes(managed.receivers()),
                new StatisticsRoutes(
                        managed.streams(),
                        managed.multicasts(),
                        audience,
                        managed.access(),
                        managed.rtmfp(),
                        this::directory,
                        managed.unready(),
                        managed.version(),
                        since,
                        clock),
                new KeyRoutes(managed.keys(), managed.keySources(), new PublishAddress(managed.rtmpPort()), control),
                new EventRoutes(events),
                new LoginRoutes(
                        managed.security().managing(), managed.security().sessionLifetime(), control),
                new AccountRoutes(managed.security().managing(), control),
                new TokenRoutes(managed.security().managing().desk(), clock, control),
                new AuditRoutes(managed.security().managing().audit(), control),
                new LogRoutes(log),
                new DoctorRoutes(
                        () -> Doctor.examine(
                                new Question(Optional.empty(), Optional.empty(), EXAMINATION),
                                new SecureRandom(),
                                (interfaces, passedNs, totalNs) -> {}),
                        doctor,
                        clock,
                        events),
                new ConfigRoutes(new ConfigEditor(reload, control, clock), reload),
                new UnattendedRoutes(managed.republishers(), managed.pulls()),
                new PeerRoutes(managed.peers(), control),
                new OpenApiRoutes());
    }

    private void watch(ScheduledExecutorService control, PeerDirectory peers, Histories histories, StatusWatch watch) {
        long waitNs = RunLoop.SECOND_NS - Math.floorMod(System.nanoTime(), RunLoop.SECOND_NS);
        eachSecond(control, waitNs, () -> {
            directory = peers.stats();
            histories.sample();
        });
        // Apart, for each takes milliseconds of a hundred streams.
        eachSecond(control, waitNs + RunLoop.SECOND_NS / 2, watch::look);
    }

    private static void eachSecond(ScheduledExecutorService control, long waitNs, Runnable task) {
        var unused = control.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("watching failed", e);
                    }
                },
                waitNs,
                RunLoop.SECOND_NS,
                TimeUnit.NANOSECONDS);
    }

    /** What somebody did or tried; a stranger can do nothing, and whoever knocks at the door the gate writes down. */
    private void audit(Security security, ApiRequest request, int status) {
        security.managing()
                .audit()
                .add(new AuditEntry(
                        clock.instant(),
                        request.who().name(),
                        Optional.of(request.who().role()),
                        request.caller().from(),
                        request.method() + ' ' + request.path(),
                        status < FIRST_ERROR ? AuditEntry.DONE : "answered " + status));
    }

    @Override
    public void close() {
        // What it has begun ends by itself, on a daemon thread.
        doctor.shutdown();
        logging.run();
    }
}
