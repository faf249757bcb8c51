package lancaster.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What the machine offers: programs, free ports, and two processors that server and load keep apart on. */
final class Machine {
    static final int SERVER_CPU = 0;
    static final int LOAD_CPU = 1;

    private static final long SHARED_MEMORY_BYTES = 5L << 30;
    private static final boolean PINS = Runtime.getRuntime().availableProcessors() >= 2
            && program("taskset").isPresent();

    private Machine() {}

    /** Whether what is started is kept on one processor. */
    static boolean pins() {
        return PINS;
    }

    /** The command, kept on one processor where the machine has two and taskset. */
    static List<String> pinned(int cpu, List<String> command) {
        List<String> all = new ArrayList<>();
        if (PINS) {
            all.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
        }
        all.addAll(command);
        return all;
    }

    /** Moves the measuring process itself to the load's processor. */
    static void pinThisProcess() throws IOException, InterruptedException {
        if (PINS) {
            String pid = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-c", "-p", Integer.toString(LOAD_CPU), pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    static Optional<Path> program(String name) {
        List<String> folders = new ArrayList<>(List.of(System.getenv("PATH").split(File.pathSeparator)));
        folders.add("/usr/sbin");
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String jcmd() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** An empty folder for segments: in memory, as an installed gateway has it, where there is room. */
    static Path segmentFolder(String name) throws IOException {
        Path memory = Path.of("/dev/shm");
        if (Files.isWritable(memory) && memory.toFile().getUsableSpace() > SHARED_MEMORY_BYTES) {
            return Files.createTempDirectory(memory, "lancaster-bench-" + name);
        }
        return Files.createTempDirectory("lancaster-bench-" + name);
    }

    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void pause(double seconds) {
        long endNs = System.nanoTime() + (long) (seconds * 1e9);
        for (long leftNs = endNs - System.nanoTime(); leftNs > 0; leftNs = endNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
