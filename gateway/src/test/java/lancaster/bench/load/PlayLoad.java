package lancaster.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** N players of one stream, who come one after the other; the last ones may read slowly for a while. */
final class PlayLoad {
    private static final int TRASH_BYTES = 1 << 20;
    private static final double NS_A_SECOND = 1e9;

    /**
     * What to play.
     *
     * @param parsed how many look at every message
     * @param slow how many of these read slowly at first, for {@code slowS}, at {@code slowBytesPerSecond}
     * @param rampMs within which they come
     */
    record Order(
            InetSocketAddress server,
            String app,
            String name,
            int players,
            int parsed,
            int rampMs,
            int slow,
            double slowBytesPerSecond,
            double slowS,
            Path log) {}

    private final Order order;
    private final PrintStream out;
    private final ByteBuffer trash = ByteBuffer.allocateDirect(TRASH_BYTES);
    private final StringBuilder log = new StringBuilder();
    private final List<Player> players = new ArrayList<>();
    private boolean ready;
    private boolean hurried;

    PlayLoad(Order order, PrintStream out) {
        this.order = order;
        this.out = out;
    }

    /** Prints {@code ready} with the start times in µs, {@code hurried} when all read fast, and {@code done}. */
    void run(BooleanSupplier stopped) throws IOException {
        try (Selector selector = Selector.open()) {
            long beginNs = System.nanoTime();
            while (!stopped.getAsBoolean()) {
                long nowNs = System.nanoTime();
                come(selector, nowNs - beginNs);
                hurry(nowNs - beginNs);
                players.subList(0, Math.min(order.slow(), players.size())).forEach(player -> player.turn(nowNs));
                selector.select(
                        ready -> {
                            Player player = (Player) ready.attachment();
                            boolean slow = order.slow() > 0 && !hurried && players.indexOf(player) < order.slow();
                            player.onReady(System.nanoTime(), slow ? order.slowBytesPerSecond() : 0);
                        },
                        players.size() < order.players() || order.slow() > 0 ? 1 : 20);
            }
        }
        Files.writeString(order.log(), log);
        long bytes = players.stream().mapToLong(Player::bytes).sum();
        out.println("done " + bytes + " "
                + players.stream().filter(Player::isClosed).count());
        players.forEach(Player::close);
    }

    private void come(Selector selector, long elapsedNs) throws IOException {
        double share = elapsedNs / 1e6 / Math.max(1, order.rampMs());
        int due = (int) Math.min(order.players(), 1 + share * order.players());
        while (players.size() < due) {
            int number = players.size();
            Player.Manner manner = isParsed(number) ? Player.Manner.PARSING : Player.Manner.DRAINING;
            players.add(new Player(selector, order.server(), order.app(), order.name(), number, manner, trash, log));
        }
        if (!ready && players.size() == order.players() && players.stream().allMatch(p -> p.startNs() > 0)) {
            ready = true;
            StringBuilder starts = new StringBuilder();
            players.forEach(player -> starts.append(' ').append(player.startNs() / 1_000));
            out.println("ready" + starts);
        }
    }

    /** They are spread over all, because a server comes to some of them first. */
    private boolean isParsed(int number) {
        return order.parsed() > 0 && number % Math.max(1, order.players() / order.parsed()) == 0;
    }

    private void hurry(long elapsedNs) {
        if (!hurried && order.slow() > 0 && elapsedNs > order.slowS() * NS_A_SECOND) {
            hurried = true;
            players.forEach(Player::hurry);
            out.println("hurried " + System.nanoTime());
        }
    }
}
