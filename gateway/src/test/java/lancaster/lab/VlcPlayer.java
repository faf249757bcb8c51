package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Ffmpeg;

/** A VLC that opens an address and, in the place of a screen, writes what it plays to a file. */
final class VlcPlayer {
    private static final int START_S = 5;
    /** What a busy machine may take longer. */
    private static final int PATIENCE_S = 30;

    private final Process process;
    private final Path log;
    private final Path file;

    VlcPlayer(LabHost host, Path folder, String name, String address) {
        log = folder.resolve(name + ".log");
        file = folder.resolve(name + ".ts");
        process = host.start(
                log, Vlc.command(folder.resolve(name + "-home"), "#std{access=file,mux=ts,dst=" + file + "}", address));
    }

    /** Waits until it has played about so many seconds. */
    void awaitPlayed(int seconds) {
        long bytes = (long) seconds * Film.BYTES_PER_SECOND;
        Patience.await(
                bytes + " bytes in " + file,
                Duration.ofSeconds(seconds + PATIENCE_S),
                () -> file.toFile().length() >= bytes || !process.isAlive());
    }

    /**
     * Stops it and demands that it found nothing missing, and that what it wrote is whole.
     *
     * @param steps how often the sender says that it had to leave something out
     */
    void assertPlayed(Film film, int seconds, int steps) throws Exception {
        stop();
        List<String> complaints = complaints();
        // Of each it says that there is one, and of each track what that makes of it.
        int most = (1 + film.tracks()) * steps;
        assertTrue(complaints.size() <= most, complaints::toString);
        // Its times follow its own clock, which it sets anew whenever something comes late.
        times().assertFrames(film, seconds - START_S, steps);
    }

    /** {@link #assertPlayed} of who came when the stream had only begun: the clock may step, to find its pace. */
    void assertFound(Film film, int seconds) throws Exception {
        stop();
        List<String> others = complaints().stream()
                .filter(line -> !line.contains("discontinuity indicator") && !line.contains("too strange dts"))
                .toList();
        assertEquals(List.of(), others, log.toString());
        times().assertLong(film.tracks(), seconds - START_S);
    }

    private void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private PlayedTimes times() throws Exception {
        Path times = Path.of(file + ".times");
        Ffmpeg.ffmpeg("-y", "-i", file.toString(), "-map", "0", "-c", "copy", "-f", "framecrc", times.toString());
        return PlayedTimes.read(times);
    }

    /** The decoder complains, too, until the first random access point; all others have no such excuse. */
    List<String> complaints() throws Exception {
        return Vlc.complaints(log).stream()
                .filter(line -> !line.endsWith("waiting for SPS/PPS"))
                .toList();
    }
}
