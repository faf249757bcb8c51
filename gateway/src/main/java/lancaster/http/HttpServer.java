package lancaster.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import lancaster.net.ListenException;
import org.xnio.Options;
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

    private final Undertow undertow;
    private final InetSocketAddress address;

    private HttpServer(InetSocketAddress wanted, HttpSettings settings, int ioThreads, Site site)
            throws ListenException {
        undertow = Undertow.builder()
                .addHttpListener(
                        wanted.getPort(),
                        wanted.getAddress().getHostAddress(),
                        new Router(site, settings.writeTimeout()))
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
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw ListenException.of("http", wanted, cause);
        }
        address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    }

    /** @throws ListenException where {@code address} can't be listened on; it says why and who is there */
    public static HttpServer start(InetSocketAddress address, HttpSettings settings, int ioThreads, Site site)
            throws ListenException {
        return new HttpServer(address, settings, ioThreads, site);
    }

    /** Where it listens, with the port that was chosen for port 0. */
    public InetSocketAddress address() {
        return address;
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
