package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A receiver of a multicast group on loopback, on the load's processor, that notes when the kernel got each datagram. */
final class Capture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Child child;
    private final Path file;

    private Capture(Child child, Path file) {
        this.child = child;
        this.file = file;
    }

    static Capture start(String group, int port) throws IOException, InterruptedException {
        Path program = CProgram.compiled("capture");
        Path file = program.resolveSibling("captured");
        List<String> command = List.of(program.toString(), group, Integer.toString(port), file.toString());
        Child child = Child.start(program.resolveSibling("capture.err"), Machine.pinned(Machine.LOAD_CPU, command));
        child.await("ready", PATIENCE);
        return new Capture(child, file);
    }

    /** Ends it; what came so far. */
    Arrivals stop() throws IOException, InterruptedException {
        child.endInput();
        String[] words = child.await("done", PATIENCE).split(" ", -1);
        if (!words[1].equals("0")) {
            throw new IllegalStateException("the receiver's socket dropped " + words[1] + " datagrams");
        }
        return Arrivals.read(Files.readAllBytes(file));
    }

    @Override
    public void close() {
        child.close();
    }
}
