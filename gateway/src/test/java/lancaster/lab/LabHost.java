package lancaster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import lancaster.kit.Requirement;
import org.jspecify.annotations.Nullable;

/** A host of a {@link LabNetwork}: {@code eth0} is its cable to the first of its LANs, {@code eth1} to the second. */
final class LabHost {
    private final String name;
    private final int number;
    private final List<Lan> lans;
    private final Namespace namespace;
    private @Nullable Agent agent;

    LabHost(String name, int number, List<Lan> lans, Namespace namespace) {
        this.name = name;
        this.number = number;
        this.lans = List.copyOf(lans);
        this.namespace = namespace;
    }

    String name() {
        return name;
    }

    List<Lan> lans() {
        return lans;
    }

    Namespace namespace() {
        return namespace;
    }

    /** Its interface in a LAN. */
    String device(String lan) {
        return "eth" + lans.indexOf(lan(lan));
    }

    String address(String lan) {
        return lan(lan).address(number);
    }

    String address6(String lan) {
        return lan(lan).address6(number);
    }

    private Lan lan(String lan) {
        return lans.stream()
                .filter(each -> each.name().equals(lan))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not in LAN " + lan));
    }

    /** Runs lines of shell and gives back what they print; fails where one fails. */
    String run(String script) {
        return namespace.run(script);
    }

    /** Starts a program with its errors in {@code log}. It is killed with the network if it isn't stopped before. */
    Process start(Path log, List<String> command) {
        return start(log, new ProcessBuilder(command));
    }

    /** Starts a program with the environment of {@code builder}. */
    Process start(Path log, ProcessBuilder builder) {
        builder.command(namespace.entering(builder.command())).redirectError(log.toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the ffmpeg of the test dependency; what it prints to standard output is thrown away. */
    Process ffmpeg(Path log, List<String> arguments) {
        return start(log, ffmpegBuilder(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    private static ProcessBuilder ffmpegBuilder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Ffmpeg.program("ffmpeg").toString()));
        command.addAll(List.of("-hide_banner", "-nostdin"));
        command.addAll(arguments);
        return Ffmpeg.environment(new ProcessBuilder(command));
    }

    /** Starts a main class of the test class path in a JVM of its own. */
    Process java(Path log, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(log, command);
    }

    /** What HTTP gives at an address; nothing unless it says 200. */
    Optional<Bytes> fetch(String address) {
        return fetch(address, "Accept: */*");
    }

    /** @param header to be sent along, such as {@code Authorization: Bearer TOKEN} */
    Optional<Bytes> fetch(String address, String header) {
        List<String> command = namespace.entering(List.of(
                Requirement.program("curl").toString(),
                "--silent",
                "--fail",
                "--max-time",
                "10",
                "--header",
                header,
                address));
        try {
            Process curl = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Bytes body = Bytes.wrap(curl.getInputStream().readAllBytes());
            return curl.waitFor() == 0 ? Optional.of(body) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Listens and talks here; it is started when it is asked for first. */
    synchronized Agent agent() {
        if (agent == null) {
            agent = new Agent(this);
        }
        return agent;
    }

    /** Sends so many datagrams to a group, and returns when it is done. */
    void talk(String group, int port, String lan, int ttl, int count) {
        Talker.start(this, group, port, lan, ttl, count).await();
    }

    /** Sends to a group until it is closed. */
    Talker talk(String group, int port, String lan) {
        return Talker.start(this, group, port, lan, 1, Integer.MAX_VALUE);
    }
}
