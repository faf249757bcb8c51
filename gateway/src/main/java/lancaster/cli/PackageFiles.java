package lancaster.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what the package installs beside the program: the manual page and the completion for bash. */
final class PackageFiles {
    /** RFC 1952 §2.3.1. */
    private static final int EXTRA_FLAGS = 8;

    private static final byte BEST = 2;

    private PackageFiles() {}

    /** {@code PackageFiles FOLDER VERSION [FILE-TO-COMPRESS…]} */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        CommandLine program = Main.commandLine();
        String page = new ManualPage(program, arguments[1]).text();
        compress(page.getBytes(StandardCharsets.UTF_8), folder.resolve("lancaster.1.gz"));
        // It is read by a shell, not run.
        String completion = AutoComplete.bash("lancaster", program).replaceFirst("^#!.*\n", "");
        Files.writeString(folder.resolve("lancaster.bash"), completion);
        for (int i = 2; i < arguments.length; i++) {
            Path file = Path.of(arguments[i]);
            compress(Files.readAllBytes(file), folder.resolve(file.getFileName() + ".gz"));
        }
    }

    /** As Debian wants it (Debian Policy 12.1): the best compression, which the header says, and no time. */
    private static void compress(byte[] bytes, Path file) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream to = new BestGzip(compressed)) {
            to.write(bytes);
        }
        byte[] made = compressed.toByteArray();
        made[EXTRA_FLAGS] = BEST;
        Files.write(file, made);
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream to) throws IOException {
            super(to);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
