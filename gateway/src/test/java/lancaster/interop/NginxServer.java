package lancaster.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lancaster.kit.Requirement;

/** Debian's nginx with its RTMP module, in the foreground on loopback: an application {@code live}. */
final class NginxServer implements AutoCloseable {
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final String directives;
    private final int port;
    private Process process;

    NginxServer(Path folder) throws Exception {
        this(folder, "");
    }

    /** @param directives more of its application */
    NginxServer(Path folder, String directives) throws Exception {
        this.directives = directives;
        this.folder = Files.createTempDirectory(folder, "nginx");
        this.port = freePort();
        this.process = start();
    }

    String url(String path) {
        return "rtmp://127.0.0.1:" + port + "/" + path;
    }

    /** As a crash does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void restart() throws Exception {
        process = start();
    }

    private Process start() throws Exception {
        Path program = Requirement.program("nginx");
        if (!Files.exists(MODULE)) {
            throw Requirement.missing(MODULE + " (Debian: libnginx-mod-rtmp)");
        }
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        Files.createDirectories(folder.resolve("logs"));
        // One process: a master that is killed would leave its worker behind.
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                "load_module " + MODULE + "; " + user + " daemon off; master_process off; pid " + folder
                        + "/nginx.pid; error_log " + folder + "/error.log error; events { worker_connections 256; }"
                        + " rtmp { access_log off; server { listen 127.0.0.1:" + port
                        + "; application live { live on; " + directives + " } } }");
        Process started = new ProcessBuilder(
                        program.toString(), "-c", configuration.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        Eventually.holds("nginx listens", PATIENCE, () -> {
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

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
