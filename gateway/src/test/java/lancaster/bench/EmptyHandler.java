package lancaster.bench;

import io.undertow.Undertow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An Undertow of the gateway's version whose handler answers nothing: what serving costs before any work is done. */
public final class EmptyHandler implements AutoCloseable {
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
                .setHandler(exchange -> exchange.endExchange())
                .build()
                .start();
        System.out.println("ready");
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
