package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.bench.load.LoadMain;

/** The load generator as a child on its own processor. */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Child child;

    private Load(Child child) {
        this.child = child;
    }

    /** Publishes {@code name-0} to {@code name-(streams-1)} in real time. */
    static Load publish(Server server, String app, String name, int streams, Path media) throws IOException {
        return start("publish", port(server), app, name, Integer.toString(streams), media.toString());
    }

    /** Publishes one stream in real time and writes the log of its messages when it stops. */
    static Load logged(Server server, String app, String name, Path media, Path log) throws IOException {
        return start("publish", port(server), app, name, "1", media.toString(), "0", log.toString());
    }

    /** Publishes as fast as the server takes it, until {@code bytes} are sent. */
    static Load flatOut(Server server, String app, String name, int streams, Path media, long bytes)
            throws IOException {
        return start(
                "publish", port(server), app, name, Integer.toString(streams), media.toString(), Long.toString(bytes));
    }

    /**
     * Plays a stream and writes the log of what some players get when it stops.
     *
     * @param parsed how many look at every message
     * @param slow how many of them read slowly at first
     */
    static Load play(
            Server server,
            String app,
            String name,
            int players,
            int parsed,
            int rampMs,
            int slow,
            int slowBytesPerSecond,
            int slowS,
            Path log)
            throws IOException {
        return start(
                "play",
                port(server),
                app,
                name,
                Integer.toString(players),
                Integer.toString(parsed),
                Integer.toString(rampMs),
                Integer.toString(slow),
                Integer.toString(slowBytesPerSecond),
                Integer.toString(slowS),
                log.toString());
    }

    /** Waits until every player has a key frame and answers how long each took, in ms. */
    double[] awaitStarts() throws InterruptedException {
        return java.util.Arrays.stream(child.await("ready", PATIENCE).split(" ", -1))
                .mapToDouble(text -> Long.parseLong(text) / 1e3)
                .toArray();
    }

    /** Opens connections that stay silent. */
    static Load halfOpen(Server server, int connections) throws IOException {
        return start("idle", port(server), Integer.toString(connections));
    }

    /** No load but the least that a program in Java can use which sends in time, where servers run. */
    static Load bare(String group, int port, String wakeUpsPerSecond) throws IOException {
        return start(Machine.SERVER_CPU, "bare", Integer.toString(port), group, wakeUpsPerSecond);
    }

    private static String port(Server server) {
        return Integer.toString(server.rtmpPort());
    }

    private static Load start(String... arguments) throws IOException {
        return start(Machine.LOAD_CPU, arguments);
    }

    private static Load start(int cpu, String... arguments) throws IOException {
        Path classes = Path.of(LoadMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        List<String> command = new ArrayList<>(List.of(
                Machine.java(), "-XX:+UseSerialGC", "-Xmx256m", "-cp", classes.toString(), LoadMain.class.getName()));
        command.addAll(List.of(arguments));
        return new Load(Child.start(Path.of("target/bench/load.err"), Machine.pinned(cpu, command)));
    }

    Child child() {
        return child;
    }

    /** Waits until every publisher is accepted (or every connection silent) and answers how many are. */
    int awaitReady() throws InterruptedException {
        return Integer.parseInt(child.await("ready", PATIENCE));
    }

    /** Waits until a flat-out load is sent and answers its bytes. */
    long awaitSent() throws InterruptedException {
        return Long.parseLong(child.await("sent", PATIENCE));
    }

    /** Stops it and answers what it says at the end: for publishers bytes, late messages, closed connections. */
    long[] stop() throws IOException, InterruptedException {
        child.endInput();
        String[] words = child.await("done", PATIENCE).split(" ", -1);
        long[] numbers = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return numbers;
    }

    @Override
    public void close() {
        child.close();
    }
}
