package lancaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.kit.Ffmpeg;

/** ffmpeg that takes one publisher and sends its stream as it is to a multicast group on loopback. */
final class FfmpegRelay implements Server {
    private final Child child;
    private final int port;

    private FfmpegRelay(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** @param output options and the address of the output */
    static FfmpegRelay start(Path folder, String stream, List<String> output) throws IOException {
        Files.createDirectories(folder);
        int port = Machine.freePort();
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of("-nostdin", "-v", "error", "-listen", "1", "-i"));
        command.add("rtmp://127.0.0.1:" + port + "/" + MulticastRows.APP + "/" + stream);
        command.addAll(List.of("-c", "copy"));
        command.addAll(output);
        Child child = Child.start(folder.resolve("ffmpeg.err"), Machine.pinned(Machine.SERVER_CPU, command));
        Machine.pause(1.5);
        return new FfmpegRelay(child, port);
    }

    /** The machine's own; else that of the tests, which needs its libraries. */
    private static List<String> program() {
        Optional<Path> found = Machine.program("ffmpeg");
        if (found.isPresent()) {
            return List.of(found.get().toString());
        }
        String program = Ffmpeg.program("ffmpeg").toString();
        Map<String, String> environment =
                Ffmpeg.environment(new ProcessBuilder()).environment();
        return List.of("env", "LD_LIBRARY_PATH=" + environment.get("LD_LIBRARY_PATH"), program);
    }

    @Override
    public long pid() {
        return child.pid();
    }

    @Override
    public int rtmpPort() {
        return port;
    }

    @Override
    public int httpPort() {
        throw new UnsupportedOperationException("ffmpeg serves no HTTP");
    }

    @Override
    public String playlist(String app, String stream) {
        throw new UnsupportedOperationException("ffmpeg lists nothing");
    }

    @Override
    public void close() {
        child.close();
    }
}
