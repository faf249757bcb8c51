package lancaster.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lancaster.access.LocalToken;
import lancaster.api.Api;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.config.ConfigReader;
import lancaster.config.ConfigSource;
import lancaster.config.ReloadReport;
import lancaster.pull.PullStats;
import lancaster.republish.TargetStats;
import lancaster.stream.StreamPath;

/** A gateway in this process, on free ports of loopback. */
final class TestGateway implements AutoCloseable {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

    private final Gateway gateway;
    private final Path access;
    /** Of whoever logged in last. */
    private String cookie = "";

    private final HttpClient client = HttpClient.newHttpClient();

    /** State and segments below {@code folder}; nobody needs a key unless {@code settings} say so. */
    TestGateway(Path folder, String... settings) throws IOException {
        List<String> overrides = new ArrayList<>(
                List.of("rtmp.listen=127.0.0.1:0", "http.listen=127.0.0.1:0", "streams.\"*/*\".key=none"));
        overrides.addAll(List.of(settings));
        access = folder.resolve("state").resolve("access");
        gateway = Gateway.start(
                ConfigReader.withoutFile(overrides),
                new Directories(folder.resolve("state"), folder.resolve("segments")));
    }

    /** As {@code file} says, which may be read again. */
    static TestGateway of(Path folder, Path file) throws IOException {
        List<String> ports = List.of("rtmp.listen=127.0.0.1:0", "http.listen=127.0.0.1:0");
        return new TestGateway(
                folder,
                Gateway.start(
                        new ConfigSource(Optional.of(file), ports).load(),
                        new Directories(folder.resolve("state"), folder.resolve("segments"))));
    }

    /** As {@code file} says, its addresses too. */
    static TestGateway on(Path folder, Path file) throws IOException {
        return new TestGateway(
                folder,
                Gateway.start(
                        new ConfigSource(Optional.of(file), List.of()).load(),
                        new Directories(folder.resolve("state"), folder.resolve("segments"))));
    }

    private TestGateway(Path folder, Gateway gateway) {
        access = folder.resolve("state").resolve("access");
        this.gateway = gateway;
    }

    ReloadReport reload() throws Exception {
        return gateway.configControl().reload().get(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    List<TargetStats> republished(StreamPath path) {
        return gateway.republishers().find(path);
    }

    PullStats pulled(StreamPath path) {
        return gateway.pulls().find(path).orElseThrow();
    }

    int rtmpPort() {
        return gateway.rtmpAddress().getPort();
    }

    String rtmp(String path) {
        return "rtmp://127.0.0.1:" + rtmpPort() + "/" + path;
    }

    /** {@code https}, {@code rtmps} or {@code admin}: where that listens. */
    int port(String listener) {
        return gateway.listeners().stream()
                .filter(line -> line.startsWith(listener + "="))
                .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + gateway.httpAddress().getPort() + "/" + path);
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    HttpResponse<byte[]> send(String method, String path) throws IOException, InterruptedException {
        return send(method, path, "");
    }

    HttpResponse<byte[]> send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The answer while it comes; it may have no end. */
    HttpResponse<InputStream> open(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request(method, path, body), HttpResponse.BodyHandlers.ofInputStream());
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.replaceAll(";.*", ""));
        return answer;
    }

    Api api() {
        return gateway.api();
    }

    /** What a command on the box shows. */
    String authorization() {
        try {
            return "Bearer " + LocalToken.read(access);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest request(String method, String path, String body) {
        // Who changes the configuration says what he has seen: whatever there is.
        HttpRequest.Builder request =
                HttpRequest.newBuilder(http(path)).timeout(REQUEST_TIMEOUT).header("If-Match", "*");
        if (!cookie.isEmpty() && method.equals("PUT") && path.equals("api/v1/me/password")) {
            request.headers("Cookie", cookie, "X-Lancaster-Request", "1");
        } else {
            request.header("Authorization", authorization());
        }
        return request.method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace(ApiCalls.SECRET, oneTimeSecret())))
                .build();
    }

    private String oneTimeSecret() {
        Path file = access.resolve("one-time-secret");
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
