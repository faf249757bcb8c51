package lancaster.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lancaster.access.AccessSettings;
import lancaster.access.AccountStore;
import lancaster.access.AuditLog;
import lancaster.access.LocalToken;
import lancaster.access.ManageGate;
import lancaster.access.OneTimeSecret;
import lancaster.access.viewing.ViewingGate;
import lancaster.access.viewing.ViewingSettings;
import lancaster.config.SecurityConfig;
import lancaster.http.HttpListeners;
import lancaster.rtmp.net.RtmpTls;
import lancaster.stream.StreamPath;
import lancaster.tls.Authorities;
import lancaster.tls.ServerTls;
import lancaster.tls.TlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may manage, who may watch, and the certificate; with the threads that take long for it. */
final class Security implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Security.class);

    /** Passwords that may wait to be hashed; with tens of milliseconds each, nobody waits for long. */
    private static final int WAITING_PASSWORDS = 8;

    private static final int WAITING_HANDSHAKES = 4_096;
    private static final long CHECK_S = 60;

    private final ThreadPoolExecutor passwords = worker("passwords", WAITING_PASSWORDS);
    private final ThreadPoolExecutor handshakes = worker("tls", WAITING_HANDSHAKES);
    private final ManageGate managing;
    private final ViewingGate viewing;
    private final Optional<ServerTls> tls;
    private final Authorities authorities;
    private final Duration sessionLifetime;

    /**
     * @param folder the folder {@code access} of the state directory
     * @param rules who may watch a stream
     * @param disk where files are written that nobody waits for
     * @param control looks at the certificate once a minute
     * @throws IOException where the folder can't be used, or the certificate
     */
    Security(
            SecurityConfig config,
            AccessSettings access,
            Path folder,
            Function<StreamPath, ViewingSettings> rules,
            ExecutorService disk,
            ScheduledExecutorService control)
            throws IOException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        AccountStore store = new AccountStore(folder);
        OneTimeSecret oneTime = new OneTimeSecret(folder, random, clock);
        managing = new ManageGate(
                new ManageGate.Parts(
                        store,
                        oneTime,
                        new LocalToken(folder, random),
                        new AuditLog(folder, disk),
                        disk,
                        passwords,
                        random,
                        clock,
                        System::nanoTime),
                access,
                config.sessions());
        if (managing.isNew()) {
            if (oneTime.find().isEmpty()) {
                oneTime.make(false);
            }
            LOG.info("nobody has an account yet, the secret in this file makes the first file={}", oneTime.file());
        }
        sessionLifetime = config.sessions().lifetime();
        viewing = new ViewingGate(rules, System::getenv, clock, System::nanoTime);
        tls = config.tls().isPresent() ? Optional.of(new ServerTls(config.tls().get(), clock)) : Optional.empty();
        authorities = new Authorities(config.trust());
        tls.ifPresent(certificate -> {
            var unused = control.scheduleWithFixedDelay(() -> check(certificate), CHECK_S, CHECK_S, TimeUnit.SECONDS);
        });
    }

    private static void check(ServerTls certificate) {
        try {
            certificate.check();
        } catch (RuntimeException e) {
            LOG.error("certificate not checked", e);
        }
    }

    Duration sessionLifetime() {
        return sessionLifetime;
    }

    ManageGate managing() {
        return managing;
    }

    ViewingGate viewing() {
        return viewing;
    }

    /** Takes what can change while it runs: the certificate, also if only its files changed. Waits for the disk. */
    void apply(SecurityConfig changed) {
        if (tls.isPresent() && changed.tls().isPresent()) {
            try {
                tls.get().use(changed.tls().get());
            } catch (TlsException e) {
                LOG.warn("tls certificate not exchanged, the last one counts cause=\"{}\"", e.getMessage());
            }
        }
    }

    /** Where HTTP listens, by {@code config}. */
    HttpListeners listeners(java.net.InetSocketAddress http, SecurityConfig config) {
        Optional<HttpListeners.Tls> offered = tls.map(certificate ->
                new HttpListeners.Tls(certificate.context(), ServerTls.protocols(), ServerTls.ciphers()));
        return new HttpListeners(
                http,
                config.https().flatMap(listen -> offered.map(some -> new HttpListeners.Secure(listen, some))),
                config.admin()
                        .map(admin ->
                                new HttpListeners.Admin(admin.listen(), admin.tls() ? offered : Optional.empty())));
    }

    /** Which servers are believed that this one asks. */
    Authorities authorities() {
        return authorities;
    }

    /** What RTMPS needs; empty without a certificate. */
    Optional<RtmpTls> rtmpTls() {
        return tls.map(certificate ->
                new RtmpTls(certificate.context(), ServerTls.protocols(), ServerTls.ciphers(), handshakes));
    }

    @Override
    public void close() {
        passwords.shutdownNow();
        handshakes.shutdownNow();
    }

    /** One thread, and a queue that turns away what is too much. */
    private static ThreadPoolExecutor worker(String name, int waiting) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
