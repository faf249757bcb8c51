package lancaster.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Requirement;

/**
 * A network namespace, held by a shell that lives in it and takes commands. When its input ends, because it is closed
 * or because this process is gone, the shell kills every process of the namespace, and with the last the namespace and
 * its interfaces disappear.
 */
final class Namespace implements AutoCloseable {
    private static final int CLOSE_SECONDS = 10;
    private static final String END = "--- ended with ";

    /** Links in /proc name a namespace by its inode; {@code find} compares them without a process for each. */
    private static final String SHELL =
            """
            PATH=$PATH:/usr/sbin:/sbin
            sweep() {
                inode=$(readlink /proc/$$/ns/net)
                inode=${inode#net:?}
                while :; do
                    found=
                    for link in $(find /proc/[0-9]*/ns/net -lname "net:?${inode%?}?" 2>/dev/null); do
                        pid=${link#/proc/}
                        pid=${pid%%/*}
                        [ "$pid" = $$ ] || { kill -9 "$pid" 2>/dev/null && found=yes; }
                    done
                    [ "$found" ] || return 0
                done
            }
            trap sweep EXIT
            exec 2>&1
            """;

    private final Process shell;
    private final BufferedReader said;
    private final Writer commands;

    private Namespace(List<String> command) {
        try {
            shell = new ProcessBuilder(command).redirectErrorStream(true).start();
            said = shell.inputReader(StandardCharsets.UTF_8);
            commands = shell.outputWriter(StandardCharsets.UTF_8);
            commands.write(SHELL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A namespace in a user namespace of its own, where this user is root. */
    static Namespace create() {
        String unshare = Requirement.program("unshare").toString();
        Requirement.program("nsenter");
        Requirement.program("find");
        Namespace created = new Namespace(List.of(unshare, "--user", "--map-root-user", "--net", "sh"));
        try {
            created.run("ip link set lo up");
        } catch (IllegalStateException e) {
            created.close();
            throw Requirement.missing("the right to make user and network namespaces, and iproute2 (" + e + ")");
        }
        return created;
    }

    /** Another namespace of the same user namespace. */
    Namespace another() {
        Namespace created = new Namespace(entering(List.of("unshare", "--net", "sh")));
        created.run("ip link set lo up");
        return created;
    }

    /** The process that holds it. */
    long pid() {
        return shell.pid();
    }

    /** Runs lines of shell, and gives back what they print; the first that fails ends them and is an exception. */
    synchronized String run(String script) {
        StringBuilder output = new StringBuilder();
        try {
            commands.write("(set -e\n" + script + "\n) </dev/null\necho \"" + END + "$?\"\n");
            commands.flush();
            String line = said.readLine();
            while (line != null && !line.startsWith(END)) {
                output.append(line).append('\n');
                line = said.readLine();
            }
            if (line == null || !line.equals(END + "0")) {
                throw new IllegalStateException(output.toString().strip() + " after\n" + script.strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException(output + e.toString(), e);
        }
        return output.toString();
    }

    /** The command that runs {@code command} in here. The process that it starts is that of the command itself. */
    List<String> entering(List<String> command) {
        List<String> entering = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid())));
        entering.addAll(List.of("--user", "--preserve-credentials", "--net", "--"));
        entering.addAll(command);
        return entering;
    }

    /** A file of {@code /proc/net} as this namespace sees it, such as {@code dev}. */
    String proc(String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid()), "net", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // It is gone already.
        }
        try {
            if (!shell.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
