package lancaster.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lancaster.cli.Main;

/** A gateway in a process of its own, which can be killed. */
final class ChildGateway implements AutoCloseable {
    /** Whatever the one did who started these tests, such as nohup. */
    private static final List<String> HEARS_HANGUPS = List.of("env", "--default-signal=HUP");

    private static final String LISTENING = "listening ";

    private final Process process;
    private final String rtmp;
    private final String http;
    /** Where it listens besides, such as https. */
    private final Map<String, String> others = new HashMap<>();

    /** State and segments below {@code folder}. */
    ChildGateway(Path folder, String... settings) throws IOException {
        this(folder, List.of(), List.of(), settings);
    }

    /** As {@code file} says, which may be read again. */
    static ChildGateway of(Path folder, Path file) throws IOException {
        return new ChildGateway(folder, HEARS_HANGUPS, List.of("-c", file.toString()));
    }

    private ChildGateway(Path folder, List<String> prefix, List<String> arguments, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--state",
                folder.resolve("state").toString(),
                "--runtime",
                folder.resolve("segments").toString()));
        command.addAll(arguments);
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(List.of("--set", "rtmp.listen=127.0.0.1:0", "--set", "http.listen=127.0.0.1:0"));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("gateway.log").toFile()))
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        rtmp = listener(out, "rtmp=");
        http = listener(out, "http=");
        String line = out.readLine();
        while (line != null && line.startsWith(LISTENING)) {
            String[] more = line.substring(LISTENING.length()).split("=", 2);
            others.put(more[0], more[1]);
            line = out.readLine();
        }
        if (!"ready".equals(line)) {
            throw new IOException("isn't ready");
        }
    }

    private static String listener(BufferedReader out, String name) throws IOException {
        String line = out.readLine();
        String start = LISTENING + name;
        if (line == null || !line.startsWith(start)) {
            throw new IOException("said " + line);
        }
        return line.substring(start.length());
    }

    String rtmp(String path) {
        return "rtmp://" + rtmp + "/" + path;
    }

    String http(String path) {
        return "http://" + http + "/" + path;
    }

    /** Address and port of {@code https}, {@code rtmps} and so on. */
    String address(String listener) {
        return Objects.requireNonNull(others.get(listener), listener);
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does it: nothing can be tidied up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As {@code systemctl stop} does it; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
