package lancaster.installed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.kit.Requirement;

/** Holds single threads of a Java process in the booted system, as no signal can. It lets them go when it is closed. */
final class Debugger implements AutoCloseable {
    /** What the other process has to be started with. */
    static final String OPTION = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5005";

    private final Process jdb;
    private final BufferedReader said;
    private final Writer commands;

    Debugger(BootedSystemd systemd) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jdb");
        if (!Files.isExecutable(program)) {
            throw Requirement.missing("jdb of the JDK");
        }
        jdb = new ProcessBuilder(systemd.entering(program.toString(), "-attach", "127.0.0.1:5005"))
                .redirectErrorStream(true)
                .start();
        said = jdb.inputReader(StandardCharsets.UTF_8);
        commands = jdb.outputWriter(StandardCharsets.UTF_8);
    }

    /** Stops the first thread whose name begins like that. */
    void hold(String thread) throws IOException {
        say("threads");
        Pattern listed = Pattern.compile("\\)(\\S+)\\s+" + Pattern.quote(thread) + "\\S*\\s");
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher found = listed.matcher(line);
            if (found.find()) {
                say("suspend " + found.group(1));
                return;
            }
        }
        throw new AssertionError("there is no thread " + thread);
    }

    private void say(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    @Override
    public void close() {
        jdb.destroyForcibly();
    }
}
