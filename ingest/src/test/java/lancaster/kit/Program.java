package lancaster.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that others wrote, run to their end; where one is missing the test is skipped. */
public final class Program {
    private static final long TIMEOUT_S = 120;

    /**
     * What came of it.
     *
     * @param said on both of its outputs
     */
    public record Ran(int exit, String said) {}

    private Program() {}

    /** What it says; it must end well. */
    public static String says(String program, String... arguments) throws IOException, InterruptedException {
        return given("", program, arguments);
    }

    /** What it says to {@code input}; it must end well. */
    public static String given(String input, String program, String... arguments)
            throws IOException, InterruptedException {
        Ran ran = run(input, program, arguments);
        assertEquals(0, ran.exit(), program + " " + String.join(" ", arguments) + "\n" + ran.said());
        return ran.said();
    }

    /**
     * @param program its name, or its path
     * @param input small: it is written before anything is read
     */
    public static Ran run(String input, String program, String... arguments) throws IOException, InterruptedException {
        Path path = program.startsWith("/") ? Path.of(program) : Requirement.program(program);
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It had no use for it.
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS), program + " ends");
        return new Ran(process.exitValue(), said);
    }
}
