package lancaster.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import lancaster.kit.Requirement;

/** A small program in C beside these classes, compiled with gcc: what has to look closer than Java can. */
final class CProgram {
    private static final Path FOLDER = Path.of("target/bench/c").toAbsolutePath();

    private CProgram() {}

    /** The compiled {@code name.c}; skips the test where there is no gcc. */
    static Path compiled(String name) throws IOException, InterruptedException {
        Path gcc = Requirement.program("gcc", "cc");
        Files.createDirectories(FOLDER);
        Path source = FOLDER.resolve(name + ".c");
        try (InputStream in = CProgram.class.getResourceAsStream(name + ".c")) {
            if (in == null) {
                throw new IllegalArgumentException("no source of " + name);
            }
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Path program = FOLDER.resolve(name);
        List<String> command = List.of(gcc.toString(), "-O2", "-Wall", "-o", program.toString(), source.toString());
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("can't be compiled: " + source);
        }
        return program;
    }
}
