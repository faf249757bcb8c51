package lancaster.installed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that ended: its exit code and what it printed, errors too. */
record Command(List<String> words, int exitCode, String output) {
    private static final int PATIENCE_S = 120;

    static Command run(String... words) throws IOException, InterruptedException {
        return run(List.of(words));
    }

    static Command run(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("doesn't end: " + String.join(" ", words) + "\n" + output);
        }
        return new Command(words, process.exitValue(), output);
    }

    /** What it printed; fails unless it ended well. */
    String ok() {
        if (exitCode != 0) {
            throw new AssertionError(exitCode + " by " + String.join(" ", words) + "\n" + output);
        }
        return output;
    }
}
