package lancaster.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import org.junit.jupiter.api.Test;

/** When what came in segments is given out. */
class HlsBufferTest {
    private static final long MS_NS = 1_000_000;
    private static final int FRAME_MS = 40;

    private final List<Long> given = new ArrayList<>();

    @Test
    void givesOutInRealTimeWhatCameAtOnce() {
        HlsBuffer buffer = new HlsBuffer(1);
        buffer.add(0, frames(Track.VIDEO, 0, 4_000), 0);
        for (long ms = 0; ms <= 2_000; ms++) {
            buffer.release(this::give, ms * MS_NS);
            assertEquals(ms / FRAME_MS + 1, given.size(), "at " + ms);
        }
        assertTrue(Math.abs(2_000 - FRAME_MS - Timebase.toMs(buffer.buffered90k())) <= FRAME_MS);
        assertEquals(0, buffer.interruptions());
    }

    @Test
    void saysHowLongUntilTheNext() {
        HlsBuffer buffer = new HlsBuffer(1);
        buffer.add(0, frames(Track.VIDEO, 0, 1_000), 0);
        assertEquals(FRAME_MS * MS_NS, buffer.release(this::give, 0));
        assertEquals((FRAME_MS - 7) * MS_NS, buffer.release(this::give, 7 * MS_NS));
    }

    @Test
    void whereItRunsEmptyTimeStandsStill() {
        HlsBuffer buffer = new HlsBuffer(1);
        buffer.add(0, frames(Track.VIDEO, 0, 1_000), 0);
        for (long ms = 0; ms <= 5_000; ms += 10) {
            buffer.release(this::give, ms * MS_NS);
        }
        assertEquals(25, given.size());
        assertEquals(1, buffer.interruptions());
        buffer.add(0, frames(Track.VIDEO, 1_000, 1_000), 5_000 * MS_NS);
        buffer.release(this::give, 5_000 * MS_NS);
        assertEquals(26, given.size(), "not all at once");
    }

    @Test
    void soundAndPicturesOfTwoPlaylistsComeTogether() {
        HlsBuffer buffer = new HlsBuffer(2);
        buffer.add(0, frames(Track.VIDEO, 0, 2_000), 0);
        buffer.release(this::give, 0);
        assertEquals(0, given.size(), "pictures wait for the sound");
        buffer.add(1, frames(Track.AUDIO, 0, 1_000), 0);
        for (long ms = 0; ms <= 3_000; ms += 5) {
            buffer.release(this::give, ms * MS_NS);
        }
        assertEquals(50, given.size());
        assertEquals(given.stream().sorted().toList(), given);
    }

    @Test
    void tooMuchIsGivenOutALittleFaster() {
        HlsBuffer buffer = new HlsBuffer(1);
        buffer.add(0, frames(Track.VIDEO, 0, 10_000), 0);
        buffer.release(this::give, 0);
        buffer.add(0, frames(Track.VIDEO, 10_000, 50_000), 0);
        for (long ms = 0; ms <= 10_000; ms += 5) {
            buffer.release(this::give, ms * MS_NS);
        }
        assertTrue(given.size() > 255 && given.size() < 265, "given " + given.size());
    }

    private void give(MediaEvent event) {
        given.add(((AccessUnit) event).dts90k());
    }

    private static List<MediaEvent> frames(int track, long fromMs, long lengthMs) {
        List<MediaEvent> frames = new ArrayList<>();
        for (long ms = fromMs; ms < fromMs + lengthMs; ms += FRAME_MS) {
            frames.add(new AccessUnit(track, Timebase.fromMs(ms), 0, true, Bytes.of(1)));
        }
        return frames;
    }
}
