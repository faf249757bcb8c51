package lancaster.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lancaster.kit.Requirement;

/** A headless Chromium of its own, with an empty profile, driven by the DevTools protocol. It reaches only this box. */
final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--disable-dev-shm-usage",
            "--mute-audio",
            "--autoplay-policy=no-user-gesture-required",
            "--force-color-profile=srgb",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0");
    private static final String LISTENING = "DevTools listening on ";
    private static final int CALL_SECONDS = 75;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final List<Tab> tabs = new CopyOnWriteArrayList<>();
    private final Path profile;
    private final Process process;
    private final WebSocket socket;

    Chromium() {
        Path program = Requirement.program("chromium", "chromium-browser", "google-chrome");
        try {
            profile = Files.createTempDirectory("chromium");
            ProcessBuilder builder = new ProcessBuilder(program.toString());
            builder.command().addAll(FLAGS);
            builder.command().add("--user-data-dir=" + profile);
            builder.command().add("about:blank");
            process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            BufferedReader said = process.errorReader();
            String line = said.readLine();
            while (line != null && !line.startsWith(LISTENING)) {
                line = said.readLine();
            }
            if (line == null) {
                throw new AssertionError("Chromium ended before it listened");
            }
            new Thread(() -> said.lines().forEach(ignored -> {}), "chromium stderr").start();
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(line.substring(LISTENING.length())), new Listener())
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new page, blank, whose console and requests are recorded. */
    Tab open() {
        String target = call(null, "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        String session = call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        Tab tab = new Tab(this, session);
        tabs.add(tab);
        tab.enable();
        return tab;
    }

    /** Sends a command, to the browser if {@code session} is null, and waits for what it gives back. */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        synchronized (socket) {
            socket.sendText(message.toString(), true).join();
        }
        JsonNode reply = answer.orTimeout(CALL_SECONDS, TimeUnit.SECONDS).join();
        if (reply.has("error")) {
            throw new AssertionError(method + ": " + reply.get("error"));
        }
        return reply.get("result");
    }

    private void onMessage(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> call = calls.remove(message.get("id").asInt());
            if (call != null) {
                call.complete(message);
            }
        } else if (message.has("sessionId")) {
            for (Tab tab : tabs) {
                tab.onEvent(
                        message.get("sessionId").asText(), message.get("method").asText(), message.get("params"));
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        // Helpers of the browser live on for a moment and still write to the profile.
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            for (ProcessHandle helper : helpers) {
                helper.destroyForcibly();
                helper.onExit().get(10, TimeUnit.SECONDS);
            }
            clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the browser lives on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
    }

    /** Puts the parts of a message together. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                try {
                    onMessage(json.readTree(message));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            from.request(1);
            return null;
        }
    }
}
