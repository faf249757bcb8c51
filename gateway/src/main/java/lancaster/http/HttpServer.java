package lancaster.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import lancaster.net.ListenException;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.XnioWorker;

/** Listens for HTTP clients. Undertow makes its own threads; nothing here touches a run loop. */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_PARAMETERS = 32;
    private static final long MAX_BODY_BYTES = 64 << 10;
    /** Only what may block runs there, and nothing may. */
    private static final int WORKER_THREADS = 1;
    /** Requests of one HTTP/2 connection at a time (RFC 9113 §5.1.2). */
    private static final int MAX_STREAMS = 100;

    private final Undertow undertow;
    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();

    private HttpServer(HttpListeners listeners, HttpSettings settings, int ioThreads, Site site)
            throws ListenException {
        List<Listener> wanted = listeners(listeners);
        Undertow.Builder builder = Undertow.builder()
                .setIoThreads(ioThreads)
                .setWorkerThreads(WORKER_THREADS)
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.CONNECTION_HIGH_WATER, settings.maxConnections())
                .setSocketOption(Options.CONNECTION_LOW_WATER, settings.maxConnections())
                .setSocketOption(Options.WRITE_TIMEOUT, milliseconds(settings.writeTimeout()))
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, milliseconds(settings.requestTimeout()))
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, milliseconds(settings.idleTimeout()))
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEAD_BYTES)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_PARAMETERS, MAX_PARAMETERS)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_BODY_BYTES)
                .setServerOption(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, MAX_STREAMS)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                // Answers to requests that came at once would share a buffer, which whoever hangs up finds freed.
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, false);
        Router router = new Router(
                site,
                settings,
                listeners.https().isPresent()
                        || listeners.admin().flatMap(HttpListeners.Admin::tls).isPresent());
        wanted.forEach(listener -> builder.addListener(listener.undertow(router)));
        undertow = builder.build();
        start(wanted);
        List<Undertow.ListenerInfo> found = undertow.getListenerInfo();
        for (int i = 0; i < found.size(); i++) {
            addresses.put(wanted.get(i).name(), (InetSocketAddress) found.get(i).getAddress());
        }
    }

    private void start(List<Listener> wanted) throws ListenException {
        try {
            undertow.start();
        } catch (RuntimeException e) {
            int failed = undertow.getListenerInfo().size();
            undertow.stop();
            Listener listener = wanted.get(Math.min(failed, wanted.size() - 1));
            throw ListenException.of(listener.name(), listener.listen(), e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * One listener as Undertow builds it.
     *
     * @param manages whether API and control room are there
     */
    private record Listener(String name, InetSocketAddress listen, Optional<HttpListeners.Tls> tls, boolean manages) {
        Undertow.ListenerBuilder undertow(Router router) {
            OptionMap.Builder options = OptionMap.builder();
            Undertow.ListenerBuilder builder = new Undertow.ListenerBuilder()
                    .setType(tls.isPresent() ? Undertow.ListenerType.HTTPS : Undertow.ListenerType.HTTP)
                    .setHost(listen.getAddress().getHostAddress())
                    .setPort(listen.getPort())
                    .setRootHandler(exchange -> router.handle(exchange, manages));
            tls.ifPresent(some -> {
                options.set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of(some.protocols()));
                options.set(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(some.ciphers()));
                options.set(UndertowOptions.SSL_USER_CIPHER_SUITES_ORDER, true);
                builder.setSslContext(some.context()).setHttp2Enabled(true);
            });
            return builder.setOverrideSocketOptions(options.getMap());
        }
    }

    private static List<Listener> listeners(HttpListeners listeners) {
        boolean everywhere = listeners.admin().isEmpty();
        List<Listener> all = new ArrayList<>();
        all.add(new Listener("http", listeners.http(), Optional.empty(), everywhere));
        listeners
                .https()
                .ifPresent(
                        https -> all.add(new Listener("https", https.listen(), Optional.of(https.tls()), everywhere)));
        listeners.admin().ifPresent(admin -> all.add(new Listener("admin", admin.listen(), admin.tls(), true)));
        return all;
    }

    /** @throws ListenException where an address can't be listened on; it says why and who is there */
    public static HttpServer start(HttpListeners listeners, HttpSettings settings, int ioThreads, Site site)
            throws ListenException {
        return new HttpServer(listeners, settings, ioThreads, site);
    }

    /** Where all of them listen, by name, with the ports that were chosen for port 0. */
    public Map<String, InetSocketAddress> addresses() {
        return Map.copyOf(addresses);
    }

    /** Where HTTP listens, with the port that was chosen for port 0. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(addresses.get("http"));
    }

    /** The threads that serve, each by its number. */
    public List<Executor> loops() {
        XnioWorker worker = undertow.getWorker();
        return IntStream.range(0, worker.getIoThreadCount())
                .<Executor>mapToObj(worker::getIoThread)
                .toList();
    }

    @Override
    public void close() {
        undertow.stop();
    }

    private static int milliseconds(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
