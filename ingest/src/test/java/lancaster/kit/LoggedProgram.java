package lancaster.rtmfp.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;

/** A process of another implementation that prints much; ended with the test. */
final class LoggedPeer implements AutoCloseable {
    private final Process process;
    private final Path log;

    private LoggedPeer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log takes what it prints, line by line */
    static LoggedPeer start(Path log, Map<String, String> environment, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(Requirement.program("stdbuf").toString(), "-oL"));
        all.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new LoggedPeer(builder.start(), log);
    }

    /** The first line with {@code text} in it, and the one behind it, once they are there. */
    List<String> await(String text) throws IOException, InterruptedException {
        for (; ; ) {
            boolean ended = !process.isAlive();
            Optional<List<String>> found = find(text);
            if (found.isPresent()) {
                return found.get();
            }
            if (ended) {
                throw new AssertionError("ended without " + text + ":\n" + printed());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Optional<List<String>> find(String text) throws IOException {
        List<String> lines = printed().lines().toList();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return Optional.of(lines.subList(i, i + 2));
            }
        }
        return Optional.empty();
    }

    String printed() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    /** Waits for its end. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
