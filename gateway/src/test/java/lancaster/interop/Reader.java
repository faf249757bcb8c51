package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import lancaster.kit.Ffmpeg;

/** An ffmpeg that plays a live address for a while: decodes everything, and writes down every packet's times. */
final class Reader {
    private final Process process;
    private final Path log;
    private final Path packets;
    private final int seconds;

    Reader(Path folder, String name, URI address, int seconds) {
        this(folder, name, List.of("-i", address.toString()), seconds);
    }

    /** @param input arguments that name it */
    Reader(Path folder, String name, List<String> input, int seconds) {
        this.seconds = seconds;
        log = folder.resolve(name + ".log");
        packets = folder.resolve(name + ".packets");
        String limit = Integer.toString(seconds);
        List<String> arguments = new ArrayList<>(List.of("-v", "error"));
        arguments.addAll(input);
        // The times of the stream as they are, not rounded to those of a constant frame rate.
        arguments.addAll(List.of("-t", limit, "-map", "0", "-fps_mode", "passthrough", "-enc_time_base", "1:90000"));
        arguments.addAll(List.of("-f", "null", "-"));
        arguments.addAll(List.of("-t", limit, "-map", "0", "-c", "copy", "-f", "framecrc", packets.toString()));
        process = Ffmpeg.startFfmpeg(log, arguments);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for its end and demands that it had nothing to complain of, and time that never stood still. */
    void assertClean(int tracks) throws IOException, InterruptedException {
        assertTrue(process.waitFor(3L * seconds, TimeUnit.SECONDS), () -> "still reading: " + log);
        assertEquals("", Files.readString(log), "complaints of the reader");
        assertEquals(0, process.exitValue());
        Map<String, List<Long>> times = new TreeMap<>();
        for (String line : Files.readAllLines(packets)) {
            if (!line.startsWith("#")) {
                String[] fields = line.split(", *", -1);
                times.computeIfAbsent(fields[0], track -> new ArrayList<>()).add(Long.parseLong(fields[1].strip()));
            }
        }
        assertEquals(tracks, times.size(), "tracks with packets");
        times.forEach(Reader::assertAdvances);
    }

    /** The longest time from one packet of a track to its next, in seconds. */
    double longestStepS() throws IOException {
        Map<String, Double> tickS = new TreeMap<>();
        Map<String, Long> last = new TreeMap<>();
        double longestS = 0;
        for (String line : Files.readAllLines(packets)) {
            if (line.startsWith("#tb ")) {
                String[] words = line.split("[ :/]+", -1);
                tickS.put(words[1], Double.parseDouble(words[2]) / Double.parseDouble(words[3]));
            } else if (!line.startsWith("#")) {
                String[] fields = line.split(", *", -1);
                long time = Long.parseLong(fields[1].strip());
                Long before = last.put(fields[0], time);
                if (before != null) {
                    longestS = Math.max(longestS, (time - before) * tickS.get(fields[0]));
                }
            }
        }
        return longestS;
    }

    /** From the second packet on: this reader gives the first two sounds of MPEG-TS one time, whoever made it. */
    private static void assertAdvances(String track, List<Long> times) {
        for (int i = 2; i < times.size(); i++) {
            long before = times.get(i - 1);
            long after = times.get(i);
            assertTrue(after > before, () -> "track " + track + " goes from " + before + " to " + after);
        }
    }
}
