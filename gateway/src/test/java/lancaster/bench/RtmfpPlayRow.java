package lancaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.bench.load.BareFanOut;
import lancaster.bench.load.LoadMain;
import lancaster.bench.load.RtmfpPlayers;
import lancaster.bench.load.UdpDrain;

/** One stream to many players over RTMFP, and the bare minimum of it. */
final class RtmfpPlayRow {
    static final int PLAYERS = 200;

    private static final String APP = "ingest";
    private static final String NAME = "r";
    private static final int RAMP_MS = 2_000;
    private static final double SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path ERRORS = Path.of("target/bench/rtmfp-load.err").toAbsolutePath();

    private RtmfpPlayRow() {}

    /** CPU-s per player-minute of the server. */
    static double perPlayerMinute(Lancaster lancaster, Path media) throws IOException, InterruptedException {
        try (Load publisher = Load.publish(lancaster, APP, NAME, 1, media)) {
            publisher.awaitReady();
            Machine.pause(3);
            String url = "rtmfp://127.0.0.1:" + lancaster.rtmfpPort() + '/' + APP + '/' + NAME + "-0";
            try (Child players =
                    start(Machine.LOAD_CPU, RtmfpPlayers.class, List.of(url, "" + PLAYERS, "" + RAMP_MS))) {
                players.await("ready", PATIENCE);
                Machine.pause(2);
                double cpuS = perPlayerMinute(lancaster.pid());
                players.endInput();
                String[] said = players.await("done", PATIENCE).split(" ", -1);
                if (!said[1].equals("0")) {
                    throw new IllegalStateException(said[1] + " players were disconnected");
                }
                players.awaitEnd(PATIENCE);
                publisher.stop();
                return cpuS;
            }
        }
    }

    /** The same of what only encrypts and sends as many bytes. */
    static double barePerPlayerMinute(double bytesPerSecond) throws IOException, InterruptedException {
        try (Child drain = start(Machine.LOAD_CPU, UdpDrain.class, List.of("" + PLAYERS))) {
            List<String> arguments = new ArrayList<>(List.of(Double.toString(bytesPerSecond)));
            arguments.addAll(List.of(drain.await("ready", PATIENCE).split(" ", -1)));
            try (Child bare = start(Machine.SERVER_CPU, BareFanOut.class, arguments)) {
                bare.await("ready", PATIENCE);
                // Until it is compiled.
                Machine.pause(SECONDS);
                return perPlayerMinute(bare.pid());
            }
        }
    }

    private static double perPlayerMinute(long pid) {
        long beforeNs = Usage.of(pid).cpuNs();
        long fromNs = System.nanoTime();
        Machine.pause(SECONDS);
        double minutes = (System.nanoTime() - fromNs) / 60e9;
        return (Usage.of(pid).cpuNs() - beforeNs) / 1e9 / minutes / PLAYERS;
    }

    private static Child start(int cpu, Class<?> main, List<String> arguments) throws IOException {
        Path classes = Path.of(LoadMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Path jar = Path.of("target/lancaster.jar").toAbsolutePath();
        List<String> command = new ArrayList<>(
                List.of(Machine.java(), "-XX:+UseSerialGC", "-Xmx512m", "-cp", classes + ":" + jar, main.getName()));
        command.addAll(arguments);
        return Child.start(ERRORS, Machine.pinned(cpu, command));
    }
}
