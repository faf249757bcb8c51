package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** nginx before the gateway, and curl before nginx, from several addresses of loopback: whom does it believe to be asked by? */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ProxyInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String INSIDE = "127.0.0.2";
    private static final String OUTSIDE = "127.0.0.3";

    @TempDir
    Path folder;

    @Test
    void whoAsksThroughNginxIsKnownByHisOwnAddress() throws Exception {
        Path file = Files.writeString(
                folder.resolve("lancaster.yaml"),
                "http: { trusted-proxies: 127.0.0.1 }\n"
                        + "streams:\n  \"live/*\": { key: none, viewing: { addresses: [" + INSIDE
                        + "] }, hls: { segment: 1s } }\n");
        try (TestGateway gateway = TestGateway.of(folder, file);
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            String list = card.path() + ".m3u8";
            int port = freePort();
            Process nginx = nginx(port, gateway.http("").toString());
            try {
                String front = "http://127.0.0.1:" + port + "/";
                Eventually.holds("who may sees it", PATIENCE, () -> curl(INSIDE, front + list)
                        .equals("200"));
                assertEquals("403", curl(OUTSIDE, front + list));
                // nginx adds to what its client sent; behind a proxy one may claim nothing, and without one neither.
                assertEquals("403", curl(OUTSIDE, front + list, "--header", "X-Forwarded-For: " + INSIDE));
                String direct = gateway.http(list).toString();
                assertEquals("403", curl(OUTSIDE, direct, "--header", "X-Forwarded-For: " + INSIDE));
                assertEquals("200", curl(INSIDE, direct));
            } finally {
                nginx.destroyForcibly().waitFor();
            }
        }
    }

    /** The status of what is answered to {@code from}. */
    private static String curl(String from, String url, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Requirement.program("curl").toString(), "--silent"));
        command.addAll(List.of("--interface", from, "--max-time", "20", "--output", "/dev/null"));
        command.addAll(List.of("--write-out", "%{http_code}", url));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), url);
        return said;
    }

    private Process nginx(int port, String upstream) throws Exception {
        String user = "root".equals(System.getProperty("user.name")) ? "user root; " : "";
        Path home = Files.createDirectories(folder.resolve("nginx"));
        StringBuilder temporary = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append(kind)
                    .append("_temp_path ")
                    .append(home)
                    .append("/")
                    .append(kind)
                    .append("; ");
        }
        Path configuration = Files.writeString(
                home.resolve("nginx.conf"),
                user + "daemon off; master_process off; pid " + home + "/pid; error_log " + home
                        + "/error.log error; events { worker_connections 64; } http { access_log off; " + temporary
                        + "server { listen 127.0.0.1:" + port + "; location / { proxy_pass " + upstream
                        + "; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"
                        + " proxy_set_header Forwarded \"\"; } } }\n");
        Process started = new ProcessBuilder(
                        Requirement.program("nginx").toString(), "-c", configuration.toString(), "-p", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();
        Eventually.holds("nginx listens: " + Files.readString(home.resolve("out")), PATIENCE, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException refused) {
                return false;
            }
        });
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
