package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Debian's nginx with libnginx-mod-rtmp, in the foreground on loopback, with one worker. */
final class NginxRtmp implements Server {
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
    private static final String CONFIGURATION =
            """
            load_module MODULE;
            USER
            daemon off;
            worker_processes 1;
            worker_rlimit_nofile 20000;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log error;
            events { worker_connections 19000; }
            rtmp {
              access_log off;
              server {
                listen 127.0.0.1:RTMP_PORT;
                chunk_size 4096;
                application ingest { live on; }
                application ts {
                  live on;
                  hls on;
                  hls_path SEGMENTS/ts;
                  hls_fragment 2s;
                  hls_playlist_length 12s;
                  hls_continuous off;
                }
              }
            }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 10000000;
              server {
                listen 127.0.0.1:HTTP_PORT;
                root SEGMENTS;
                location / { types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; } }
              }
            }
            """;

    private final Child child;
    private final Path segments;
    private final int rtmpPort;
    private final int httpPort;

    private NginxRtmp(Child child, Path segments, int rtmpPort, int httpPort) {
        this.child = child;
        this.segments = segments;
        this.rtmpPort = rtmpPort;
        this.httpPort = httpPort;
    }

    /** Empty where nginx or the module isn't installed. */
    static Optional<Server> start(Path folder) throws IOException {
        Optional<Path> nginx = Machine.program("nginx");
        if (nginx.isEmpty() || !Files.exists(MODULE)) {
            return Optional.empty();
        }
        Files.createDirectories(folder.resolve("logs"));
        Path segments = Machine.segmentFolder("nginx");
        int rtmpPort = Machine.freePort();
        int httpPort = Machine.freePort();
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                CONFIGURATION
                        .replace("MODULE", MODULE.toString())
                        .replace("USER", user)
                        .replace("FOLDER", folder.toString())
                        .replace("SEGMENTS", segments.toString())
                        .replace("RTMP_PORT", Integer.toString(rtmpPort))
                        .replace("HTTP_PORT", Integer.toString(httpPort)));
        Child child = Child.start(
                folder.resolve("nginx.err"),
                Machine.pinned(
                        Machine.SERVER_CPU,
                        List.of(nginx.get().toString(), "-c", configuration.toString(), "-p", folder.toString())));
        Machine.pause(0.5);
        return Optional.of(new NginxRtmp(child, segments, rtmpPort, httpPort));
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public int rtmpPort() {
        return rtmpPort;
    }

    @Override
    public int httpPort() {
        return httpPort;
    }

    @Override
    public String playlist(String app, String stream) {
        return "/" + app + "/" + stream + ".m3u8";
    }

    @Override
    public void close() {
        child.close();
        Machine.delete(segments);
    }
}
