package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An ffmpeg that plays for a while: decodes everything and writes down when each frame is due. */
final class FfmpegPlayer {
    /** Of what it was told to play, so much may go by until it has found all tracks. */
    private static final int START_S = 5;

    private final Process process;
    private final Path log;
    private final Path times;
    private final int seconds;

    /**
     * Plays pictures and sound; parity is none.
     *
     * @param input its options and {@code -i ADDRESS}
     */
    FfmpegPlayer(LabHost host, Path folder, String name, int seconds, List<String> input) {
        this.seconds = seconds;
        log = folder.resolve(name + ".log");
        times = folder.resolve(name + ".times");
        String limit = Integer.toString(seconds);
        List<String> arguments = new ArrayList<>(List.of("-v", "warning"));
        arguments.addAll(input);
        arguments.addAll(List.of("-t", limit, "-map", "0:v?", "-map", "0:a?", "-f", "null", "-"));
        arguments.addAll(
                List.of("-t", limit, "-map", "0:v?", "-map", "0:a?", "-c", "copy", "-f", "framecrc", times.toString()));
        process = host.ffmpeg(log, arguments);
    }

    /** Waits until it has played as long as it was told. */
    void awaitEnd() throws Exception {
        assertTrue(process.waitFor(seconds + 30L, TimeUnit.SECONDS), () -> "still playing: " + log);
    }

    /** {@link #assertPlayed} of who came when the stream had only begun: the clock may step, to find its pace. */
    void assertFound(Film film) throws Exception {
        played().assertLong(film.tracks(), seconds - START_S);
    }

    /**
     * Waits for its end and demands that neither network nor transport stream gave it reason to complain.
     *
     * @param steps how often the sender says that it had to leave something out
     */
    void assertPlayed(Film film, int steps) throws Exception {
        played().assertWhole(film.tracks(), seconds - START_S, steps);
    }

    private PlayedTimes played() throws Exception {
        awaitEnd();
        assertEquals(List.of(), complaints(log), log.toString());
        assertEquals(0, process.exitValue(), log.toString());
        return PlayedTimes.read(times);
    }

    /** Without those of the decoders: who comes in the middle of a group of pictures begins with half a picture. */
    static List<String> complaints(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.matches("\\[(h264|aac|NULL) @ .*"))
                .filter(line -> !line.contains("Last message repeated"))
                .toList();
    }
}
