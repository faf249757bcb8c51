package lancaster.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One stream to many players over RTMP. */
final class PlayRows {
    static final int PLAYERS = 500;
    static final int SLOW = 20;

    private static final String NAME = "p";
    private static final String STREAM = NAME + "-0";
    private static final int PARSED = 20;
    private static final int STARTERS = 100;
    private static final int RAMP_MS = 2_000;
    private static final int STARTERS_RAMP_MS = 500;
    private static final double MEASURED_SECONDS = 10;
    /** 5 % of the rate. */
    private static final int SLOW_BYTES_PER_SECOND = 20_000;

    private static final int SLOW_S = 40;
    private static final double LIVE_MS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern NOT_SENT = Pattern.compile("notsent:(\\d+)");

    private PlayRows() {}

    /** What playing cost, and how old what came was. */
    record FanOut(double cpuSPerPlayerMinute, double medianMs, double p99Ms) {
        String delay() {
            return String.format("%.0f / %.0f ms", medianMs, p99Ms);
        }
    }

    /** One message that a player got: what it is and when. */
    private record Receipt(int player, char kind, long identity, long atNs) {}

    static FanOut fanOut(Server server, String app, Path media, Path folder) throws IOException, InterruptedException {
        Path sent = folder.resolve("sent.log");
        Path got = folder.resolve("got.log");
        try (Load publisher = Load.logged(server, app, NAME, media, sent)) {
            publisher.awaitReady();
            Machine.pause(3);
            double cpuS;
            long fromNs;
            try (Load players = Load.play(server, app, STREAM, PLAYERS, PARSED, RAMP_MS, 0, 0, 0, got)) {
                players.awaitStarts();
                Machine.pause(2);
                long beforeNs = Usage.of(server.pid()).cpuNs();
                fromNs = System.nanoTime();
                Machine.pause(MEASURED_SECONDS);
                double minutes = (System.nanoTime() - fromNs) / 60e9;
                cpuS = (Usage.of(server.pid()).cpuNs() - beforeNs) / 1e9 / minutes / PLAYERS;
                require(players.stop()[1] == 0, "a player was disconnected");
            }
            publisher.stop();
            double[] delays = delays(sent, receipts(got), fromNs);
            return new FanOut(cpuS, percentile(delays, 0.5), percentile(delays, 0.99));
        }
    }

    /**
     * From the connection to the end of the first key frame, of each of a hundred players; ms, ascending. As many came
     * before them and play on, with whom the load's own code has become warm.
     */
    static double[] starts(Server server, String app, Path media, Path folder)
            throws IOException, InterruptedException {
        try (Load publisher = Load.publish(server, app, NAME, 1, media)) {
            publisher.awaitReady();
            Machine.pause(3);
            try (Load players = Load.play(
                    server, app, STREAM, 2 * STARTERS, 0, 2 * STARTERS_RAMP_MS, 0, 0, 0, folder.resolve("got.log"))) {
                double[] starts = Arrays.copyOfRange(players.awaitStarts(), STARTERS, 2 * STARTERS);
                players.stop();
                publisher.stop();
                Arrays.sort(starts);
                return starts;
            }
        }
    }

    /**
     * How players fare that read slowly and then fast.
     *
     * @param unsentBytes the most that the kernel held of one and had not sent
     * @param liveAfterS how long it took until what came was no older than a blink, the longest
     * @param undecodable pictures that came without the one that they follow
     * @param othersP99Ms the delay of those who read all the time
     */
    record Slow(long unsentBytes, double liveAfterS, long undecodable, double othersP99Ms) {}

    static Slow slow(Server server, String app, Path media, Path folder) throws IOException, InterruptedException {
        Path sent = folder.resolve("sent.log");
        Path got = folder.resolve("got.log");
        try (Load publisher = Load.logged(server, app, NAME, media, sent)) {
            publisher.awaitReady();
            Machine.pause(3);
            long unsent = 0;
            long hurriedNs;
            try (Load players =
                    Load.play(server, app, STREAM, 2 * SLOW, 2 * SLOW, 100, SLOW, SLOW_BYTES_PER_SECOND, SLOW_S, got)) {
                for (int i = 0; i < SLOW_S; i++) {
                    unsent = Math.max(unsent, unsent(server));
                    Machine.pause(0.8);
                }
                hurriedNs = Long.parseLong(players.child().await("hurried", PATIENCE));
                Machine.pause(6);
                require(players.stop()[1] == 0, "a player was disconnected");
            }
            publisher.stop();
            List<Receipt> receipts = receipts(got);
            Map<Long, long[]> order = order(sent);
            double[] others = delays(
                    sent, receipts.stream().filter(one -> one.player() >= SLOW).toList(), hurriedNs - 30_000_000_000L);
            return new Slow(
                    unsent,
                    liveAfterS(receipts, order, hurriedNs),
                    undecodable(receipts, order),
                    percentile(others, 0.99));
        }
    }

    private static double liveAfterS(List<Receipt> receipts, Map<Long, long[]> order, long hurriedNs) {
        long[] lastLateNs = new long[SLOW];
        Arrays.fill(lastLateNs, hurriedNs);
        for (Receipt receipt : receipts) {
            long[] at = order.get(receipt.identity());
            if (receipt.player() < SLOW
                    && receipt.atNs() > hurriedNs
                    && at != null
                    && receipt.atNs() - at[1] > LIVE_MS * 1e6) {
                lastLateNs[receipt.player()] = Math.max(lastLateNs[receipt.player()], receipt.atNs());
            }
        }
        return (Arrays.stream(lastLateNs).max().orElseThrow() - hurriedNs) / 1e9;
    }

    private static long undecodable(List<Receipt> receipts, Map<Long, long[]> order) {
        Map<Integer, Long> last = new HashMap<>();
        long wrong = 0;
        for (Receipt receipt : receipts) {
            long[] at = order.get(receipt.identity());
            if (receipt.kind() == 'A' || at == null) {
                continue;
            }
            Long before = last.put(receipt.player(), at[0]);
            boolean follows = before != null && at[0] == before + 1;
            wrong += receipt.kind() == 'K' || follows ? 0 : 1;
        }
        return wrong;
    }

    /** What is not sent yet of the connection that has most of it. */
    private static long unsent(Server server) throws IOException, InterruptedException {
        Process ss = new ProcessBuilder("ss", "-tinH", "sport", "=", ":" + server.rtmpPort()).start();
        Matcher matcher = NOT_SENT.matcher(new String(ss.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        ss.waitFor();
        long most = 0;
        while (matcher.find()) {
            most = Math.max(most, Long.parseLong(matcher.group(1)));
        }
        return most;
    }

    /** The number of each picture among pictures, and when it was sent; of sounds the time alone. */
    private static Map<Long, long[]> order(Path sent) throws IOException {
        Map<Long, long[]> order = new HashMap<>();
        long number = 0;
        for (String line : Files.readAllLines(sent)) {
            String[] words = line.split(" ", -1);
            boolean video = words.length > 2;
            order.put(Long.parseLong(words[0]), new long[] {video ? number++ : -1, Long.parseLong(words[1])});
        }
        return order;
    }

    private static List<Receipt> receipts(Path got) throws IOException {
        List<Receipt> receipts = new ArrayList<>();
        for (String line : Files.readAllLines(got)) {
            String[] words = line.split(" ", -1);
            receipts.add(new Receipt(
                    Integer.parseInt(words[0]),
                    words[1].charAt(0),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3])));
        }
        return receipts;
    }

    /** How long messages took that were sent after {@code fromNs}; ms, ascending. */
    private static double[] delays(Path sent, List<Receipt> receipts, long fromNs) throws IOException {
        Map<Long, long[]> order = order(sent);
        return receipts.stream()
                .filter(one -> order.containsKey(one.identity()) && order.get(one.identity())[1] > fromNs)
                .mapToDouble(one -> (one.atNs() - order.get(one.identity())[1]) / 1e6)
                .sorted()
                .toArray();
    }

    static double percentile(double[] ascending, double share) {
        return ascending.length == 0
                ? Double.NaN
                : ascending[(int) Math.min(ascending.length - 1, ascending.length * share)];
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
