package lancaster.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that speaks in lines on standard output; its standard error goes to a file. */
final class Child implements AutoCloseable {
    private final Process process;
    private final String command;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Child(Process process, String command) {
        this.process = process;
        this.command = command;
    }

    static Child start(Path errors, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        Child child = new Child(process, String.join(" ", command));
        Thread reader = new Thread(child::read, "lines of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    long pid() {
        return process.pid();
    }

    /** The words after {@code word} of the first line that begins with it. */
    String await(String word, Duration patience) throws InterruptedException {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadlineNs < 0) {
            String line = lines.poll(20, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(word)) {
                return line.substring(word.length()).strip();
            }
            if (line == null && !process.isAlive() && lines.isEmpty()) {
                throw new IllegalStateException("ended without saying \"" + word + "\": " + command);
            }
        }
        throw new IllegalStateException("didn't say \"" + word + "\" within " + patience + ": " + command);
    }

    /** Ends its standard input, which is how a load is told to stop. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("didn't end within " + patience + ": " + command);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("error " + e);
        }
    }
}
