package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import lancaster.kit.Requirement;

/** Debian's curl: a client of HTTP that others wrote. */
final class Curl {
    private Curl() {}

    /** What it prints to standard output, where it succeeds. */
    static String run(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("curl").toString(), "--silent", "--max-time", "20"));
        Collections.addAll(command, arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = process.inputReader().lines().reduce("", (text, line) -> text + line + "\n");
        assertEquals(0, process.waitFor(), () -> command + ": " + said);
        return said.strip();
    }

    /** The status, and the body in {@code file}. */
    static String fetch(Path file, String url, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--output", file.toString(), "--write-out", "%{http_code}"));
        Collections.addAll(all, arguments);
        all.add(url);
        return run(all.toArray(String[]::new));
    }

    /** The value of a header in what {@code --head} or {@code --include} printed; empty where it isn't there. */
    static String header(String printed, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return printed.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse("");
    }
}
