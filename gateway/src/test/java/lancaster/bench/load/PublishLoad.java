package lancaster.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** N publishers of one script, their starts spread over two seconds so that their key frames don't coincide. */
final class PublishLoad {
    private static final long SPREAD_NS = 2_000_000_000L;

    /** What to publish: streams {@code name-0} to {@code name-(N-1)}; {@code bytes} 0 means in real time until stopped. */
    record Order(
            InetSocketAddress server,
            String app,
            String name,
            int streams,
            Path media,
            long bytes,
            @Nullable Path log) {
        boolean flatOut() {
            return bytes > 0;
        }
    }

    private final Order order;
    private final PrintStream out;
    private final Script script;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Sending> sendings = new ArrayList<>();
    private boolean ready;
    private long bytes;

    PublishLoad(Order order, PrintStream out) throws IOException {
        this.order = order;
        this.out = out;
        script = Script.read(order.media());
    }

    /** Prints {@code ready}, when flat out {@code sent} too, and {@code done} with counts after the stop. */
    void run(BooleanSupplier stopped) throws IOException {
        try (Selector selector = Selector.open()) {
            long beginNs = System.nanoTime();
            boolean sent = false;
            while (!stopped.getAsBoolean()) {
                selector.select(key -> ((Publisher) key.attachment()).onReady(), 1);
                long nowNs = System.nanoTime();
                start(selector, nowNs - beginNs);
                if (sent || (order.flatOut() && !ready)) {
                    continue;
                }
                for (Publisher publisher : publishers) {
                    bytes += publisher.send(nowNs);
                }
                if (order.flatOut() && bytes >= order.bytes()) {
                    sent = true;
                    out.println("sent " + bytes);
                }
            }
        }
        report();
    }

    private void start(Selector selector, long elapsedNs) throws IOException {
        int due = (int) Math.min(order.streams(), 1 + elapsedNs * order.streams() / SPREAD_NS);
        while (publishers.size() < due) {
            int index = publishers.size();
            Publisher publisher = new Publisher(selector, order.server(), order.app(), order.name() + "-" + index);
            Sending sending = new Sending(publisher, script, order.flatOut(), index == 0 && order.log() != null);
            publisher.sends(sending);
            publishers.add(publisher);
            sendings.add(sending);
        }
        if (!ready
                && publishers.size() == order.streams()
                && publishers.stream()
                        .allMatch(
                                p -> p.state() == Publisher.State.PUBLISHING || p.state() == Publisher.State.CLOSED)) {
            ready = true;
            out.println("ready " + count(Publisher.State.PUBLISHING));
        }
    }

    private void report() throws IOException {
        if (order.log() != null && !sendings.isEmpty()) {
            Files.writeString(order.log(), sendings.get(0).log());
        }
        long late = sendings.stream().mapToLong(Sending::late).sum();
        out.println("done " + bytes + " " + late + " " + count(Publisher.State.CLOSED));
        publishers.forEach(Publisher::close);
    }

    private long count(Publisher.State state) {
        return publishers.stream().filter(p -> p.state() == state).count();
    }
}
