package lancaster.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** N publishers in real time that connect anew at once when they lose their connection. */
final class FlapLoad {
    private static final long RETRY_NS = 5_000_000;
    private static final double NS_A_MS = 1e6;

    private final InetSocketAddress server;
    private final String app;
    private final PrintStream out;
    private final Script script;
    private final List<Encoder> encoders = new ArrayList<>();

    FlapLoad(InetSocketAddress server, String app, int streams, Path media, PrintStream out) throws IOException {
        this.server = server;
        this.app = app;
        this.out = out;
        script = Script.read(media);
        for (int i = 0; i < streams; i++) {
            encoders.add(new Encoder("s" + i));
        }
    }

    /** Prints {@code on} when all publish, and {@code back MS}, the longest outage of any, when all do so again. */
    void run(BooleanSupplier stopped) throws IOException {
        boolean before = false;
        boolean ever = false;
        try (Selector selector = Selector.open()) {
            while (!stopped.getAsBoolean()) {
                selector.select(key -> ((Publisher) key.attachment()).onReady(), 1);
                long nowNs = System.nanoTime();
                for (Encoder encoder : encoders) {
                    encoder.turn(selector, nowNs);
                }
                boolean all = encoders.stream().allMatch(encoder -> encoder.publishing);
                if (all && !before) {
                    long longestNs = encoders.stream()
                            .mapToLong(encoder -> encoder.outageNs)
                            .max()
                            .orElse(0);
                    out.println(ever ? "back " + Math.round(longestNs / NS_A_MS) : "on");
                    ever = true;
                }
                before = all;
            }
        }
        encoders.forEach(Encoder::close);
    }

    private final class Encoder {
        private final String name;
        private List<Publisher> current = List.of();
        private boolean publishing;
        private long lostNs;
        private long triedNs;
        private long outageNs;

        Encoder(String name) {
            this.name = name;
        }

        void turn(Selector selector, long nowNs) {
            if (current.isEmpty()) {
                if (nowNs - triedNs >= RETRY_NS || triedNs == 0) {
                    connect(selector, nowNs);
                }
                return;
            }
            Publisher publisher = current.get(0);
            publisher.send(nowNs);
            if (publisher.state() == Publisher.State.CLOSED) {
                if (publishing) {
                    lostNs = nowNs;
                    publishing = false;
                }
                current = List.of();
            } else if (publisher.state() == Publisher.State.PUBLISHING && !publishing) {
                publishing = true;
                outageNs = lostNs == 0 ? 0 : nowNs - lostNs;
            }
        }

        private void connect(Selector selector, long nowNs) {
            triedNs = nowNs;
            try {
                Publisher publisher = new Publisher(selector, server, app, name);
                publisher.sends(new Sending(publisher, script, false, false));
                current = List.of(publisher);
            } catch (IOException e) {
                // Nobody listens: once more.
                current = List.of();
            }
        }

        void close() {
            current.forEach(Publisher::close);
        }
    }
}
