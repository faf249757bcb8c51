package lancaster.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The {@link AgentProcess} of a host: one for all that listens and talks there, so that nothing waits for a JVM's start. */
final class Agent {
    private static final int PATIENCE_S = 60;

    private final Process process;
    private final Writer requests;
    private final Path log;
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private int last;

    /** It ends with the host. */
    Agent(LabHost host) {
        try {
            log = Files.createTempFile("lab-agent-" + host.name(), ".log");
            log.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = host.java(log, AgentProcess.class, java.util.List.of());
        requests = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "agent of " + host.name());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                String[] words = line.split(" ", 2);
                answers.remove(Integer.parseInt(words[0])).complete(words[1]);
            }
        } catch (IOException e) {
            // It was killed with its host.
        } finally {
            answers.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException("see " + log)));
        }
    }

    /** A request under way: its number, by which later ones name it, and what is answered to it. */
    record Request(int number, CompletableFuture<String> answer) {
        /** Waits for the answer. */
        String await() {
            try {
                return answer.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                throw new AssertionError("the agent doesn't answer", e);
            }
        }
    }

    synchronized Request ask(String request) {
        Request asked = new Request(++last, new CompletableFuture<>());
        answers.put(asked.number(), asked.answer());
        try {
            requests.write(asked.number() + " " + request + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return asked;
    }
}
