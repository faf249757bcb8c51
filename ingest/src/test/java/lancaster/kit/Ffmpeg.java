package lancaster.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import lancaster.bytes.Bytes;

/**
 * The ffmpeg and ffprobe of the Maven test dependency, unpacked once a module into {@code target/ffmpeg}. Its programs
 * need Debian's libpulse0 and libxcb-shm0; a test is skipped, with a message, where they don't start.
 */
public final class Ffmpeg {
    private static final String FOLDER = "org/bytedeco/ffmpeg/linux-x86_64-gpl/";

    /** What a finished program left: its exit code, standard output and standard error. */
    public record Result(int exitCode, Bytes out, String err) {
        public String text() {
            return new String(out.toArray(), StandardCharsets.UTF_8);
        }

        /** Fails unless the program ended with 0 and complained of nothing. */
        public Result clean() {
            if (exitCode != 0 || !err.isBlank()) {
                throw new AssertionError("exit code " + exitCode + "\n" + err);
            }
            return this;
        }
    }

    private Ffmpeg() {}

    /** Starts {@code ffmpeg} with these arguments; standard error goes to {@code log}. The caller destroys it. */
    public static Process startFfmpeg(Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program("ffmpeg").toString(), "-hide_banner", "-nostdin"));
        command.addAll(arguments);
        ProcessBuilder builder = environment(new ProcessBuilder(command))
                .redirectError(log.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code ffmpeg -v error} with these arguments to its end. */
    public static Result ffmpeg(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-v", "error"));
        Collections.addAll(all, arguments);
        return run(program("ffmpeg"), all);
    }

    /** Runs {@code ffprobe -v error} with these arguments to its end. */
    public static Result ffprobe(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-hide_banner", "-v", "error"));
        Collections.addAll(all, arguments);
        return run(program("ffprobe"), all);
    }

    private static Result run(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        try {
            Path err = Files.createTempFile("ffmpeg", ".err");
            Process process = environment(new ProcessBuilder(command))
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after 5 minutes: " + command);
            }
            Result result = new Result(process.exitValue(), Bytes.wrap(out), Files.readString(err));
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the program {@code ffmpeg} or {@code ffprobe} lies; skips the test where it doesn't start. */
    public static synchronized Path program(String name) {
        Path folder = Path.of("target/ffmpeg").toAbsolutePath();
        Path program = folder.resolve(name);
        Path complete = folder.resolve("complete");
        try {
            if (!Files.exists(complete)) {
                unpack(folder);
                Files.writeString(complete, "");
            }
            Process process = environment(new ProcessBuilder(program.toString(), "-version"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw Requirement.missing(
                        "what ffmpeg of the test dependency needs (Debian: libpulse0 libxcb-shm0): " + said.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return program;
    }

    /** Sets the library path that the unpacked programs need. */
    public static ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment()
                .put(
                        "LD_LIBRARY_PATH",
                        Path.of("target/ffmpeg").toAbsolutePath().toString());
        return builder;
    }

    private static void unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        String marker = FOLDER + "ffmpeg";
        java.net.URL url = Ffmpeg.class.getClassLoader().getResource(marker);
        if (url == null) {
            throw Requirement.missing("the ffmpeg test dependency for this platform");
        }
        String jar = url.getPath().substring("file:".length(), url.getPath().indexOf('!'));
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (!entry.getName().startsWith(FOLDER) || entry.isDirectory() || name.startsWith("libjni")) {
                    continue;
                }
                Path target = folder.resolve(name);
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
                target.toFile().setExecutable(true);
            }
        }
    }
}
