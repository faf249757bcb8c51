package lancaster.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lancaster.kit.Requirement;

/** Debian's nginx in front of a gateway, in the foreground on loopback. */
final class NginxProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    /**
     * @param directives of its {@code http} block
     * @param location what its only location does beside passing on
     */
    NginxProxy(Path folder, String upstream, String directives, String location) throws Exception {
        port = freePort();
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
                        + directives + " server { listen 127.0.0.1:" + port + "; location / { proxy_pass " + upstream
                        + "; " + location + " } } }\n");
        process = new ProcessBuilder(
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
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + "/" + path;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
