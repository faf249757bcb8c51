package lancaster.bench;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * An Undertow of the gateway's version whose handler answers nothing: what serving costs before any work is done. Below
 * {@link #LIKE_A_PLAYLIST} it sends as many bytes as the rest of the path says, with the head of a playlist: what the
 * server and the kernel take for such an answer, whoever found it.
 */
public final class EmptyHandler implements AutoCloseable {
    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");
    private static final HttpString EXPOSE_HEADERS = new HttpString("Access-Control-Expose-Headers");
    private static final ByteBuffer BODY = ByteBuffer.allocate(64 << 10);

    static final String LIKE_A_PLAYLIST = "/playlist/";

    private final Child child;
    private final int port;

    private EmptyHandler(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** {@code EmptyHandler PORT}, in a process of its own. */
    public static void main(String[] args) {
        Undertow.builder()
                .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
                .setHandler(EmptyHandler::handle)
                .build()
                .start();
        System.out.println("ready");
    }

    private static void handle(HttpServerExchange exchange) {
        String path = exchange.getRequestPath();
        if (!path.startsWith(LIKE_A_PLAYLIST)) {
            exchange.endExchange();
            return;
        }
        exchange.getResponseHeaders()
                .put(ALLOW_ORIGIN, "*")
                .put(EXPOSE_HEADERS, "Age, Content-Length, Content-Range, Date, ETag")
                .put(Headers.CACHE_CONTROL, "max-age=1")
                .put(Headers.VARY, "Accept-Encoding")
                .put(Headers.ETAG, "\"0123456789abcdef\"")
                .put(Headers.CONTENT_TYPE, "application/vnd.apple.mpegurl");
        int bytes = Integer.parseInt(path.substring(LIKE_A_PLAYLIST.length()));
        exchange.getResponseSender().send(BODY.duplicate().limit(bytes));
    }

    static EmptyHandler start() throws IOException, InterruptedException {
        int port = Machine.freePort();
        Path classes = Path.of(EmptyHandler.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        String path = classes + ":" + Path.of("target/lancaster.jar").toAbsolutePath();
        Child child = Child.start(
                Path.of("target/bench/empty.err"),
                Machine.pinned(
                        Machine.SERVER_CPU,
                        List.of(Machine.java(), "-cp", path, EmptyHandler.class.getName(), Integer.toString(port))));
        child.await("ready", Duration.ofSeconds(30));
        return new EmptyHandler(child, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        child.close();
    }
}
