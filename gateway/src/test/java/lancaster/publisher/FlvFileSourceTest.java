package lancaster.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import lancaster.kit.Ffmpeg;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.testcard.RecordedCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlvFileSourceTest {
    private static final int SECONDS = 3;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void record() throws IOException {
        file = RecordedCard.write(folder.resolve("card.flv"), SECONDS);
    }

    @Test
    void readsWhatFfmpegReadsToo() throws IOException {
        String counted = Ffmpeg.ffprobe(
                        "-count_packets",
                        "-show_entries",
                        "stream=codec_type,nb_read_packets",
                        "-of",
                        "csv=p=0",
                        file.toString())
                .clean()
                .text();
        Map<Integer, Integer> frames = new HashMap<>();
        try (FlvFileSource source = new FlvFileSource(file, false)) {
            for (var event = source.next(); event.isPresent(); event = source.next()) {
                if (event.get() instanceof AccessUnit unit) {
                    frames.merge(unit.trackId(), 1, Integer::sum);
                }
            }
        }
        assertTrue(counted.contains("video," + frames.get(Track.VIDEO)), counted);
        assertTrue(counted.contains("audio," + frames.get(Track.AUDIO)), counted);
        assertEquals(SECONDS * 25, frames.get(Track.VIDEO));
    }

    @Test
    void runsOnWhereTheFileBeginsAgain() throws IOException {
        Map<Integer, Long> last = new HashMap<>();
        int configurations = 0;
        int pictures = 0;
        try (FlvFileSource source = new FlvFileSource(file, true)) {
            while (pictures < 4 * SECONDS * 25) {
                MediaEvent event = source.next().orElseThrow();
                if (event instanceof TrackConfigured) {
                    configurations++;
                } else if (event instanceof AccessUnit unit) {
                    pictures += unit.trackId() == Track.VIDEO ? 1 : 0;
                    long step90k = unit.dts90k() - last.getOrDefault(unit.trackId(), unit.dts90k() - 1);
                    assertTrue(step90k > 0 && step90k <= Timebase.fromMs(65), step90k + " ticks after the last frame");
                    last.put(unit.trackId(), unit.dts90k());
                }
            }
        }
        assertEquals(2, configurations, "a configuration is told once");
        long end90k = last.get(Track.VIDEO) + Timebase.fromMs(40);
        assertTrue(Math.abs(end90k - 4 * SECONDS * Timebase.HZ) <= Timebase.fromMs(100), end90k + " ticks");
    }

    @Test
    void refusesFilesWithoutMedia() throws IOException {
        Path text = Files.writeString(folder.resolve("readme.txt"), "FLV files begin otherwise");
        Path empty = Files.write(folder.resolve("empty.flv"), new byte[0]);
        for (Path refused : new Path[] {text, empty}) {
            try (FlvFileSource source = new FlvFileSource(refused, true)) {
                assertThrows(IOException.class, source::next);
            }
        }
    }
}
