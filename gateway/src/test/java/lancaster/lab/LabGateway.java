package lancaster.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lancaster.access.LocalToken;
import lancaster.bytes.Bytes;
import lancaster.cli.Main;

/** The gateway on a host of the lab, in a process of its own: HTTP on port 8080 of every interface, RTMP on loopback. */
final class LabGateway implements AutoCloseable {
    private static final int HTTP_PORT = 8080;
    private static final int CLOSE_SECONDS = 10;
    private static final String LISTENERS =
            """
            rtmp: { listen: 127.0.0.1:1935 }
            http: { listen: 0.0.0.0:8080 }
            """;

    private final LabHost host;
    private final Path folder;
    private final Process process;
    private final List<Process> publishers = new CopyOnWriteArrayList<>();

    /**
     * Returns once it is ready.
     *
     * @param folder for its state, segments and log; must be its own
     * @param configuration everything but its listeners
     */
    LabGateway(LabHost host, Path folder, String configuration) throws IOException {
        this.host = host;
        this.folder = Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("lancaster.yaml"), LISTENERS + configuration);
        process = host.java(
                log(),
                Main.class,
                List.of(
                        "run",
                        "-c",
                        file.toString(),
                        "--state",
                        folder.resolve("state").toString(),
                        "--runtime",
                        folder.resolve("segments").toString()));
        awaitReady();
    }

    private void awaitReady() throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        while (line != null && !line.equals("ready")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new AssertionError("the gateway ended: " + Files.readString(log()));
        }
    }

    Path log() {
        return folder.resolve("gateway.log");
    }

    /** What it says of a stream's multicast; nothing while there is no such stream. */
    Optional<JsonNode> multicast(String path) {
        return api("multicasts/" + path);
    }

    /** What it says of a stream that it receives. */
    JsonNode receiver(String path) {
        for (JsonNode receiver : api("receivers").orElseThrow().get("receivers")) {
            if (receiver.get("stream").asText().equals(path)) {
                return receiver;
            }
        }
        throw new AssertionError("receives no " + path);
    }

    private Optional<JsonNode> api(String path) {
        return fetch("api/v1/" + path).map(LabGateway::parse);
    }

    /** What it gives at a path; nothing unless it says 200. */
    Optional<Bytes> fetch(String path) {
        return host.fetch("http://127.0.0.1:" + HTTP_PORT + "/" + path, authorization());
    }

    /** The header that a command on its host shows. */
    String authorization() {
        try {
            return "Authorization: Bearer "
                    + LocalToken.read(folder.resolve("state").resolve("access"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(Bytes json) {
        try {
            return new ObjectMapper().readTree(json.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the clock of a stream's multicast has been set, or something left out: the encoder stumbled. */
    int steps(String path) {
        JsonNode departure = multicast(path).orElseThrow().get("departure");
        return departure.get("earlySteps").asInt()
                + departure.get("lateSteps").asInt()
                + departure.get("cuts").asInt();
    }

    /**
     * Waits until some seconds of a film have gone out. A burst at its start, of what the encoder had while it connected,
     * is over then.
     */
    void awaitSent(String path, int seconds) {
        Patience.await(
                path + " is sent",
                () -> multicast(path)
                                .map(output -> output.path("departure")
                                        .path("accessUnits")
                                        .asInt())
                                .orElse(0)
                        > seconds * Film.UNITS_PER_SECOND);
    }

    /** Its address for the hosts of a LAN. */
    String http(String lan, String path) {
        return "http://" + host.address(lan) + ":" + HTTP_PORT + "/" + path;
    }

    /**
     * Publishes a film over and over, in real time, as encoders do: ffmpeg would begin with half a second at once, and
     * then make up for what it thinks it lost.
     */
    Process publish(Film film, String path) {
        return publish(film, path, "1");
    }

    /** @param rate how much faster than real time, such as 1.0001 */
    Process publish(Film film, String path, String rate) {
        Path log = folder.resolve("publish-" + path.replace('/', '-') + ".log");
        List<String> arguments = new ArrayList<>(List.of("-v", "warning", "-readrate", rate));
        arguments.addAll(List.of("-readrate_initial_burst", "0.04", "-readrate_catchup", rate, "-stream_loop", "-1"));
        arguments.addAll(List.of("-i", film.file().toString(), "-map", "0", "-c", "copy"));
        arguments.addAll(List.of("-f", "flv", "rtmp://127.0.0.1:1935/" + path));
        Process publisher = host.ffmpeg(log, arguments);
        publishers.add(publisher);
        return publisher;
    }

    @Override
    public void close() {
        publishers.forEach(Process::destroyForcibly);
        process.destroy();
        try {
            if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
