package lancaster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Requirement;

/** How VLC is started: without a face, with a home of its own, saying all it notices. */
final class Vlc {
    /** What it says about desktops and sound cards that aren't there, and about its threads when the machine is busy. */
    private static final String ELSEWHERE =
            ".*(libvlc|interface|audio output|main mux|keystore|buffer deadlock prevented).*";

    private Vlc() {}

    /** Writes what it plays, as it comes out of its demultiplexer, to {@code output}. */
    static ProcessBuilder command(Path home, String output, String... addresses) {
        // It refuses to run as root, which in their user namespace all processes of the lab are: hence one more.
        List<String> command = new ArrayList<>(List.of("unshare", "--user", "--map-user=1000"));
        command.add(Requirement.program("cvlc").toString());
        command.addAll(List.of("-I", "dummy", "-vv", "--no-color", "--play-and-exit", "--sout", output));
        command.addAll(List.of(addresses));
        ProcessBuilder builder = new ProcessBuilder(command);
        try {
            String folder = Files.createDirectories(home).toString();
            builder.environment().put("HOME", folder);
            builder.environment().put("XDG_RUNTIME_DIR", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    /** Warnings and errors about what it plays. */
    static List<String> complaints(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(" warning: ") || line.contains(" error: "))
                .filter(line -> !line.matches(ELSEWHERE))
                .toList();
    }
}
