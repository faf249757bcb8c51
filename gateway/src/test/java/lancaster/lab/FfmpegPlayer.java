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

    /** @param input its options and {@code -i ADDRESS} */
    FfmpegPlayer(LabHost host, Path folder, String name, int seconds, List<String> input) {
        this.seconds = seconds;
        log = folder.resolve(name + ".log");
        times = folder.resolve(name + ".times");
        String limit = Integer.toString(seconds);
        List<String> arguments = new ArrayList<>(List.of("-v", "warning"));
        arguments.addAll(input);
        arguments.addAll(List.of("-t", limit, "-map", "0", "-f", "null", "-"));
        arguments.addAll(List.of("-t", limit, "-map", "0", "-c", "copy", "-f", "framecrc", times.toString()));
        process = host.ffmpeg(log, arguments);
    }

    /** Waits for its end and demands that neither network nor transport stream gave it reason to complain. */
    void assertPlayed(Film film) throws Exception {
        assertTrue(process.waitFor(seconds + 30L, TimeUnit.SECONDS), () -> "still playing: " + log);
        assertEquals(List.of(), complaints(log), log.toString());
        assertEquals(0, process.exitValue(), log.toString());
        PlayedTimes.read(times).assertWhole(film.tracks(), seconds - START_S);
    }

    /** Without those of the decoders: who comes in the middle of a group of pictures begins with half a picture. */
    static List<String> complaints(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.matches("\\[(h264|aac|NULL) @ .*"))
                .filter(line -> !line.contains("Last message repeated"))
                .toList();
    }
}
