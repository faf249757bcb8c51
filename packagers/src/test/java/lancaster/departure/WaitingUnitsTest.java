package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.mpegts.TsStreamMuxer;
import lancaster.mpegts.TsUnit;
import org.junit.jupiter.api.Test;

class WaitingUnitsTest {
    private static final long MS = 1_000_000;

    private final TsStreamMuxer mux = new TsStreamMuxer();
    private WaitingUnits units = new WaitingUnits(0);

    WaitingUnitsTest() {
        mux.configure(List.of(SimEncoder.VIDEO, SimEncoder.AUDIO));
    }

    /** A unit of so many TS packets that comes {@code earlyMs} before its time. */
    private Waiting add(int track, long timeMs, int packets, long earlyMs) {
        int header = track == Track.VIDEO ? 14 + 6 : 14 + 7;
        byte[] payload = new byte[packets * 184 - header];
        if (track == Track.VIDEO) {
            payload[2] = (byte) ((payload.length - 4) >> 8);
            payload[3] = (byte) (payload.length - 4);
            payload[4] = 0x41;
        }
        AccessUnit unit = new AccessUnit(track, Timebase.fromMs(timeMs), 0, false, Bytes.wrap(payload));
        TsUnit made = mux.unit(unit).orElseThrow();
        assertEquals(packets, made.packets());
        units.add(made, (timeMs - earlyMs) * MS, timeMs * MS);
        Waiting next = units.next(Long.MAX_VALUE - 1);
        return assertNotNullAndReturn(next);
    }

    private static Waiting assertNotNullAndReturn(Waiting waiting) {
        assertNotNull(waiting);
        return waiting;
    }

    /** Packets a millisecond. */
    private double rate(long fromMs) {
        return 1_000_000.0 * MS / units.durationNs(1_000_000, fromMs * MS, MS);
    }

    @Test
    void givesAFrameItsDuration() {
        add(Track.VIDEO, 0, 40, 0);
        assertEquals(1, rate(0), 1e-3, "40 ms until the next frame tells how long one lasts");
        units = new WaitingUnits(0);
        add(Track.VIDEO, 0, 20, 0);
        add(Track.VIDEO, 20, 50, 0);
        assertEquals(70 / 55.0, rate(0), 1e-3, "the lane lags: three quarters of a frame behind the one before");
        assertEquals(70, units.packets());
    }

    @Test
    void takesTheRateThatTheTightestDeadlineWants() {
        add(Track.VIDEO, 0, 10, 0);
        add(Track.AUDIO, 0, 10, 0);
        assertEquals(0.5, rate(0), 1e-3, "sound by 20 ms, both by 40");
        assertEquals(1, rate(10), 1e-3);
        assertEquals(10, rate(30), 1e-3, "what is late counts as if it had a millisecond");
    }

    @Test
    void spreadsPicturesFurtherWhereWanted() {
        units = new WaitingUnits(100 * MS);
        add(Track.VIDEO, 0, 60, 0);
        assertEquals(0.5, rate(0), 1e-3, "100 ms and half a frame");
    }

    @Test
    void letsSoundOvertakeOnceItsTimeHasCome() {
        Waiting picture = add(Track.VIDEO, 0, 40, 0);
        add(Track.AUDIO, 10, 3, 10);
        assertEquals(picture, units.next(0));
        Waiting sound = assertNotNullAndReturn(units.next(10 * MS));
        assertEquals(Track.AUDIO, sound.unit.trackId());
        sound.begun = true;
        units.left(sound, 1);
        assertEquals(41, units.packets());
        assertEquals(sound, units.next(0), "what has begun goes on");
        units.left(sound, 0);
        assertEquals(picture, units.next(10 * MS));
        units.left(picture, 0);
        assertNull(units.next(10 * MS));
        assertEquals(0, units.packets());
        assertEquals(0, units.bytes());
    }

    @Test
    void dropsWhatHasNotBegun() {
        Waiting picture = add(Track.VIDEO, 0, 40, 0);
        picture.begun = true;
        add(Track.VIDEO, 20, 10, 0);
        add(Track.AUDIO, 20, 3, 0);
        assertEquals(2, units.drop());
        assertEquals(40, units.packets());
        add(Track.AUDIO, 40, 3, 0);
        add(Track.VIDEO, 40, 10, 0);
        assertEquals(1, units.dropVideo());
        assertEquals(43, units.packets());
        assertTrue(units.hasVideo());
    }

    @Test
    void movesDeadlines() {
        add(Track.VIDEO, 0, 40, 0);
        units.delay(10 * MS);
        assertEquals(40 / 50.0, rate(0), 1e-3);
        add(Track.VIDEO, 500, 40, 480);
        assertEquals(40 / 50.0, rate(0), 1e-3);
        units.hasten(0);
        assertTrue(rate(0) < 1, "a frame each: 100 ms as the last two are apart");
    }
}
