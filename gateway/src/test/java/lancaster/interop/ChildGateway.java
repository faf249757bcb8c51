package lancaster.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.cli.Main;

/** A gateway in a process of its own, which can be killed. */
final class ChildGateway implements AutoCloseable {
    /** Whatever the one did who started these tests, such as nohup. */
    private static final List<String> HEARS_HANGUPS = List.of("env", "--default-signal=HUP");

    private static final String LISTENING = "listening ";

    private final Process process;
    private final Map<String, String> listeners = new HashMap<>();

    /** State and segments below {@code folder}. */
    ChildGateway(Path folder, String... settings) throws IOException {
        this(folder, List.of(), List.of(), settings);
    }

    /** As {@code file} says, which may be read again. */
    static ChildGateway of(Path folder, Path file) throws IOException {
        return new ChildGateway(folder, HEARS_HANGUPS, List.of("-c", file.toString()));
    }

    /** With little memory, so that what takes too much of it fails. */
    static ChildGateway small(Path folder, String... settings) throws IOException {
        return new ChildGateway(folder, List.of("env", "JAVA_TOOL_OPTIONS=-Xmx256m"), List.of(), settings);
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
        command.addAll(List.of("--set", "rtmp.listen=127.0.0.1:0", "--set", "http.listen=127.0.0.1:0"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("gateway.log").toFile()))
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && line.startsWith(LISTENING)) {
            String[] listener = line.substring(LISTENING.length()).split("=", 2);
            listeners.put(listener[0], listener[1]);
            line = out.readLine();
        }
        if (!"ready".equals(line)) {
            throw new IOException("isn't ready, it said " + line);
        }
    }

    String rtmp(String path) {
        return "rtmp://" + address("rtmp") + "/" + path;
    }

    String http(String path) {
        return "http://" + address("http") + "/" + path;
    }

    /** Of {@code rtmp}, {@code http}, {@code https} and so on. */
    String port(String listener) {
        String address = address(listener);
        return address.substring(address.lastIndexOf(':') + 1);
    }

    /** Address and port of the same. */
    String address(String listener) {
        String address = listeners.get(listener);
        if (address == null) {
            throw new IllegalArgumentException(listener + " isn't among " + listeners);
        }
        return address;
    }

    /** What the process takes of the machine's memory. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no VmRSS");
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
