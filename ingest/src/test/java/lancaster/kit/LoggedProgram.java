package lancaster.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of another implementation that prints what it sees; ended with the test. */
public final class LoggedProgram implements AutoCloseable {
    private final Process process;
    private final Path log;

    private LoggedProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log takes what it prints, line by line */
    public static LoggedProgram start(Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(Requirement.program("stdbuf").toString(), "-oL"));
        all.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new LoggedProgram(builder.start(), log);
    }

    /** The first line with {@code text} in it, and the one behind it, once they are there. */
    public List<String> await(String text) throws IOException, InterruptedException {
        return await(text, 1);
    }

    /** The line with {@code text} in it that is the {@code count}th of them, and the one behind it. */
    public List<String> await(String text, int count) throws IOException, InterruptedException {
        for (; ; ) {
            boolean ended = !process.isAlive();
            Optional<List<String>> found = find(text, count);
            if (found.isPresent()) {
                return found.get();
            }
            if (ended) {
                throw new AssertionError("ended without " + text + ":\n" + printed());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Optional<List<String>> find(String text, int count) throws IOException {
        List<String> lines = printed().lines().toList();
        int seen = 0;
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).contains(text) && ++seen == count) {
                return Optional.of(lines.subList(i, i + 2));
            }
        }
        return Optional.empty();
    }

    /** How many lines have {@code text} in them. */
    public long count(String text) throws IOException {
        return printed().lines().filter(line -> line.contains(text)).count();
    }

    public String printed() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    /** Waits for its end. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
