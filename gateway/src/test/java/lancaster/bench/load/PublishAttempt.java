package lancaster.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** Asks for a name again and again until a server accepts it. */
public final class PublishAttempt {
    private static final long PAUSE_NS = 5_000_000;

    private PublishAttempt() {}

    /** When (System.nanoTime) the server at {@code server} accepted a publisher of {@code app/name}; empty if it never did. */
    public static OptionalLong acceptedAt(InetSocketAddress server, String app, String name, Duration patience)
            throws IOException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadlineNs < 0) {
            if (once(server, app, name, deadlineNs)) {
                return OptionalLong.of(System.nanoTime());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return OptionalLong.empty();
    }

    private static boolean once(InetSocketAddress server, String app, String name, long deadlineNs) throws IOException {
        try (Selector selector = Selector.open()) {
            Publisher publisher;
            try {
                publisher = new Publisher(selector, server, app, name);
            } catch (IOException e) {
                return false;
            }
            while (publisher.state() != Publisher.State.CLOSED
                    && publisher.state() != Publisher.State.PUBLISHING
                    && System.nanoTime() - deadlineNs < 0) {
                selector.select(key -> ((Publisher) key.attachment()).onReady(), 5);
            }
            boolean accepted = publisher.state() == Publisher.State.PUBLISHING;
            publisher.close();
            return accepted;
        }
    }
}
