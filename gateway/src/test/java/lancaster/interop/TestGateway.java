package lancaster.interop;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private final HttpClient client = HttpClient.newHttpClient();

    /** State and segments below {@code folder}; nobody needs a key unless {@code settings} say so. */
    TestGateway(Path folder, String... settings) throws IOException {
        List<String> overrides = new ArrayList<>(
                List.of("rtmp.listen=127.0.0.1:0", "http.listen=127.0.0.1:0", "streams.\"*/*\".key=none"));
        overrides.addAll(List.of(settings));
        gateway = Gateway.start(
                ConfigReader.withoutFile(overrides),
                new Directories(folder.resolve("state"), folder.resolve("segments")));
    }

    /** As {@code file} says, which may be read again. */
    static TestGateway of(Path folder, Path file) throws IOException {
        List<String> ports = List.of("rtmp.listen=127.0.0.1:0", "http.listen=127.0.0.1:0");
        return new TestGateway(Gateway.start(
                new ConfigSource(Optional.of(file), ports).load(),
                new Directories(folder.resolve("state"), folder.resolve("segments"))));
    }

    private TestGateway(Gateway gateway) {
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
        return client.send(request(method, path, body), HttpResponse.BodyHandlers.ofInputStream());
    }

    Api api() {
        return gateway.api();
    }

    private HttpRequest request(String method, String path, String body) {
        // Who changes the configuration says what he has seen: whatever there is.
        return HttpRequest.newBuilder(http(path))
                .timeout(REQUEST_TIMEOUT)
                .header("If-Match", "*")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
