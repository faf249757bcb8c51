package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One stream from RTMP to MPEG-TS multicast on loopback, with a receiver that looks at every datagram. */
final class MulticastRows {
    static final String APP = "multicast";

    /** What garbage may fill is limited, so that streams are what memory grows by. */
    static final String SMALL_HEAP = "-Xmx64m";

    private static final double SETTLE_SECONDS = 4;
    private static final double FILL_SECONDS = 12;
    private static final double WINDOW_SECONDS = 10;
    private static final int PACER_BITS = 3_300_000;

    /**
     * @param cpu CPU-s of the sender a stream-minute
     * @param arrivals without the time in which it settled
     * @param delaysMs from sending a picture to the arrival of its first packet, sorted
     */
    record Look(double cpu, Arrivals arrivals, List<Double> delaysMs) {
        double delayMs(double share) {
            return delaysMs.get((int) Math.min(delaysMs.size() - 1L, (long) (delaysMs.size() * share)));
        }
    }

    /** Where a sender sends, on loopback. */
    record Group(String address, int port) {}

    private MulticastRows() {}

    /** Publishes {@code stream} to the server and looks at what arrives in the group. */
    static Look look(Server server, String stream, Group group, Path media, Path log) throws Exception {
        try (Capture capture = Capture.start(group.address(), group.port());
                Load load = Load.logged(server, APP, stream, media, log)) {
            load.awaitReady();
            Machine.pause(SETTLE_SECONDS);
            long beforeNs = Usage.of(server.pid()).cpuNs();
            long startNs = System.nanoTime();
            Machine.pause(WINDOW_SECONDS);
            double cpu = (Usage.of(server.pid()).cpuNs() - beforeNs) * 60.0 / (System.nanoTime() - startNs);
            Arrivals arrivals = capture.stop().after(SETTLE_SECONDS - 1);
            load.stop();
            return new Look(cpu, arrivals, arrivals.delaysMs(sent(log)));
        }
    }

    /** What the machine itself makes of departures that a bare loop in C plans. */
    static Arrivals pacer(Group group) throws IOException, InterruptedException {
        Path program = CProgram.compiled("pacer");
        List<String> command = List.of(
                program.toString(), group.address(), Integer.toString(group.port()), Integer.toString(PACER_BITS));
        try (Capture capture = Capture.start(group.address(), group.port());
                Child child =
                        Child.start(program.resolveSibling("pacer.err"), Machine.pinned(Machine.SERVER_CPU, command))) {
            Machine.pause(WINDOW_SECONDS);
            Arrivals arrivals = capture.stop();
            child.endInput();
            return arrivals;
        }
    }

    /** Resident memory that each of {@code streams} adds to what one took, MB. */
    static double residentMegabytes(Server server, int streams, Path media) throws Exception {
        try (Load first = Load.publish(server, APP, "first", 1, media)) {
            first.awaitReady();
            Machine.pause(FILL_SECONDS);
            long before = Usage.of(server.pid()).residentBytes();
            try (Load load = Load.publish(server, APP, "memory", streams, media)) {
                load.awaitReady();
                Machine.pause(FILL_SECONDS);
                long grown = Usage.of(server.pid()).residentBytes() - before;
                load.stop();
                first.stop();
                return grown / 1e6 / streams;
            }
        }
    }

    private static Map<Long, Long> sent(Path log) throws IOException {
        Map<Long, Long> sentNs = new HashMap<>();
        for (String line : Files.readAllLines(log)) {
            String[] words = line.split(" ", -1);
            sentNs.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
        return sentNs;
    }
}
