package lancaster.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lancaster.bench.MulticastRows.Group;

/**
 * Where the CPU of one stream goes, by thread: of a gateway that does nothing, that takes a stream in, that sends it, and
 * that sends it to a receiver on the same machine; and what bare loops use that wake up as often as the gateway's does.
 */
final class AccountRow {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double SETTLE_SECONDS = 3;
    private static final double WINDOW_SECONDS = 6;
    private static final int VIDEO_BYTES = 12_450;
    private static final int AUDIO_BYTES = 351;
    private static final long FRAME_NS = 33_333_333;
    private static final long AUDIO_FRAME_NS = 21_333_333;
    /** Of a stream with 3 Mbit/s. */
    private static final double DATAGRAMS_A_SECOND = 312;

    private final List<String> lines = new ArrayList<>();
    private final Path media;

    private AccountRow(Path media) {
        this.media = media;
    }

    /** The account, a sentence a line. */
    static List<String> of(Lancaster lancaster, Group group, Path media) throws Exception {
        AccountRow row = new AccountRow(media);
        row.account(lancaster, group);
        return row.lines;
    }

    private void account(Lancaster lancaster, Group group) throws Exception {
        long pid = lancaster.pid();
        add("the gateway without a stream", Threads.of(pid, WINDOW_SECONDS));
        try (Load load = Load.publish(lancaster, "ingest", "account", 1, media)) {
            add("one stream in, nothing out", watched(load, pid));
        }
        try (Load load = Load.publish(lancaster, MulticastRows.APP, "plain", 1, media)) {
            Threads threads = watched(load, pid);
            add("one stream out by multicast that nobody receives", threads);
            try (Capture capture = Capture.start(group.address(), group.port())) {
                add("the same with a receiver on this machine", Threads.of(pid, WINDOW_SECONDS));
                bare(threads.busiest().wakeUps(), group);
                var unused = capture.stop();
            }
            load.stop();
        }
    }

    /** While the gateway goes on beside them, so that all have the same caches. */
    private void bare(double wakeUps, Group group) throws Exception {
        String rhythm = String.format(Locale.ROOT, "%.1f", wakeUps);
        int run = (int) Math.min(7, Math.max(1, Math.round(DATAGRAMS_A_SECOND / wakeUps)));
        add("a bare loop in C that only sleeps", floor(group, rhythm, "0"));
        add("a bare loop in C that sends a datagram", floor(group, rhythm, "1"));
        add("a bare loop in C that sends " + run + " at once", floor(group, rhythm, Integer.toString(run)));
        add(
                "a bare loop in C that reads the stream and sends " + run + " at once",
                floor(group, rhythm, Integer.toString(run), "listen"));
        try (Load load = Load.bare(group.address(), group.port(), rhythm)) {
            load.child().await("ready", PATIENCE);
            add(
                    "a bare loop in Java that sends a datagram",
                    Threads.of(load.child().pid(), WINDOW_SECONDS));
        }
    }

    private void add(String what, Threads threads) {
        lines.add(what + ": " + threads.text());
    }

    private static Threads watched(Load load, long pid) throws Exception {
        load.awaitReady();
        Machine.pause(SETTLE_SECONDS);
        return Threads.of(pid, WINDOW_SECONDS);
    }

    private static Threads floor(Group group, String wakeUps, String... arguments) throws Exception {
        Path program = CProgram.compiled("floor");
        List<String> command = new ArrayList<>(
                List.of(program.toString(), group.address(), Integer.toString(group.port() + 2), wakeUps));
        command.addAll(List.of(arguments));
        try (Child child =
                Child.start(program.resolveSibling("floor.err"), Machine.pinned(Machine.SERVER_CPU, command))) {
            if (arguments.length == 1) {
                child.await("ready", PATIENCE);
                return Threads.of(child.pid(), WINDOW_SECONDS);
            }
            int port = Integer.parseInt(child.await("listening", PATIENCE));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread feeder = new Thread(() -> feed(socket), "feeder");
                feeder.start();
                child.await("ready", PATIENCE);
                Threads threads = Threads.of(child.pid(), WINDOW_SECONDS);
                socket.shutdownOutput();
                feeder.join();
                return threads;
            }
        }
    }

    /** Sends what a publisher of pictures and sound does, when it does, until the socket takes no more. */
    private static void feed(Socket socket) {
        byte[] video = new byte[VIDEO_BYTES];
        byte[] audio = new byte[AUDIO_BYTES];
        long videoNs = System.nanoTime();
        long audioNs = videoNs;
        try {
            while (true) {
                boolean isVideo = videoNs <= audioNs;
                Machine.pause(((isVideo ? videoNs : audioNs) - System.nanoTime()) / 1e9);
                socket.getOutputStream().write(isVideo ? video : audio);
                videoNs += isVideo ? FRAME_NS : 0;
                audioNs += isVideo ? 0 : AUDIO_FRAME_NS;
            }
        } catch (IOException e) {
            // It takes no more, which is the end.
        }
    }
}
