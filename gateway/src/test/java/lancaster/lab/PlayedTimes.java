package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The decoding times of what was played, as ffmpeg's {@code framecrc} lists them. */
public final class PlayedTimes {
    /** Longer than any frame of a {@link Film}, shorter than two. */
    private static final double GAP_S = 0.06;

    private final Map<String, List<Double>> times = new TreeMap<>();

    private PlayedTimes() {}

    public static PlayedTimes read(Path framecrc) throws IOException {
        PlayedTimes played = new PlayedTimes();
        Map<String, Double> units = new TreeMap<>();
        for (String line : Files.readAllLines(framecrc)) {
            if (line.startsWith("#tb ")) {
                String[] words = line.substring("#tb ".length()).split("[:/ ]+", -1);
                units.put(words[0], Double.parseDouble(words[1]) / Double.parseDouble(words[2]));
            } else if (!line.startsWith("#")) {
                String[] fields = line.split(", *", -1);
                String track = fields[0].strip();
                played.times
                        .computeIfAbsent(track, name -> new ArrayList<>())
                        .add(Long.parseLong(fields[1].strip()) * units.get(track));
            }
        }
        return played;
    }

    /** Demands so many tracks, each about so long. */
    void assertLong(int tracks, double seconds) {
        assertEquals(tracks, times.size(), "tracks");
        times.forEach((track, list) -> {
            double length = list.get(list.size() - 1) - list.get(0);
            assertTrue(length >= seconds, () -> "track " + track + " has only " + length + " s");
        });
    }

    /**
     * Demands so many tracks, each about so long, in which no frame is missing.
     *
     * @param steps how often the sender says that it had to leave something out
     */
    public void assertWhole(int tracks, double seconds, int steps) {
        assertLong(tracks, seconds);
        times.forEach((track, list) -> {
            List<String> gaps = new ArrayList<>();
            for (int i = 1; i < list.size(); i++) {
                double before = list.get(i - 1);
                double step = list.get(i) - before;
                if (step > GAP_S || step < 0) {
                    gaps.add("track " + track + " has a gap of " + step + " s at " + before);
                }
            }
            assertTrue(gaps.size() <= steps, gaps::toString);
        });
    }

    /** Demands as many frames as so many seconds of a film have, whatever times they have been given since. */
    void assertFrames(Film film, double seconds, int steps) {
        assertEquals(film.tracks(), times.size(), "tracks");
        long frames = times.values().stream().mapToLong(List::size).sum();
        assertTrue(frames >= Film.UNITS_PER_SECOND * (seconds - steps), () -> "has only " + frames + " frames");
    }
}
