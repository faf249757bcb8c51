package lancaster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;

/** Wireshark's capture on interfaces of a host: all that arrives there, before any filter, in a file. */
final class Sniffer implements AutoCloseable {
    private final Process dumpcap;
    private final Path file;

    /**
     * Returns once it captures.
     *
     * @param filter as of tcpdump
     */
    Sniffer(LabHost host, Path file, String filter, String... lans) {
        this.file = file;
        Path log = Path.of(file + ".log");
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("dumpcap").toString()));
        for (String lan : lans) {
            command.addAll(List.of("-i", host.device(lan), "-f", filter));
        }
        command.addAll(List.of("-w", file.toString()));
        dumpcap = host.start(log, command);
        Patience.await("dumpcap captures", () -> !dumpcap.isAlive() || said(log).contains("File: "));
        if (!dumpcap.isAlive()) {
            throw Requirement.missing("the right to capture in a namespace (" + said(log) + ")");
        }
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops, and gives the file. */
    Path stop() throws InterruptedException {
        dumpcap.destroy();
        if (!dumpcap.waitFor(10, TimeUnit.SECONDS)) {
            dumpcap.destroyForcibly().waitFor();
        }
        return file;
    }

    @Override
    public void close() {
        dumpcap.destroy();
    }
}
