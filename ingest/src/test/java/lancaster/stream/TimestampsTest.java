package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TimestampsTest {
    private final Timestamps timestamps = new Timestamps();
    private final TrackClock video = new TrackClock(ms(40));
    private final TrackClock audio = new TrackClock(ms(20));

    private static long ms(long ms) {
        return 90 * ms;
    }

    /** Maps milliseconds of the publisher to milliseconds of the timeline; jumps end with an exclamation mark. */
    private String map(TrackClock track, long inMs) {
        long out90k = timestamps.map(track, ms(inMs));
        timestamps.reached(out90k);
        return out90k / 90 + (timestamps.jumped() ? "!" : "");
    }

    private String mapAll(TrackClock track, String timesMs) {
        List<String> mapped = new ArrayList<>();
        for (String time : timesMs.split(" ", -1)) {
            mapped.add(map(track, Long.parseLong(time)));
        }
        return String.join(" ", mapped);
    }

    @ParameterizedTest
    @CsvSource({
        // what the encoder sends                   | where it stands
        "1000 1040 1080,                              0 40 80",
        "1000 1040 1080 1080 1120,                    0 40 80 81 120",
        "1000 1040 1030 1020 1060 1100,               0 40 41 42 60 100",
        "1000 1040 11040 11080,                       0 40 10040 10080",
        "1000 1040 11041 11081,                       0 40 80! 120",
        "1000 1040 40 80,                             0 40 41 42",
        "1000 1040 39 79 119,                         0 40 80! 120 160",
        "1000 1040 0 40 80 120,                       0 40 80! 120 160 200",
        "5000 5040 5040 5040 5040 5040 5080,          0 40 41 42 43 44 80",
        "0 40 80 4294967296 4294967336,               0 40 80 120! 160",
        "-500 -460 -420,                              0 40 80",
        // a clock that steps back and forth: each step is a jump only once
        "0 40 20000 80 20040 120 20080,               0 40 80! 81 120 121 160",
    })
    void mapsOneTrack(String sent, String expected) {
        long firstMs = Long.parseLong(sent.split(" ", -1)[0]);
        timestamps.anchor(ms(firstMs), 0);
        assertEquals(expected, mapAll(video, sent));
    }

    @Test
    void stoppedClockIsNoJumpHoweverLongItStands() {
        timestamps.anchor(0, 0);
        map(video, 0);
        for (int i = 1; i < 5_000; i++) {
            assertEquals(String.valueOf(i), map(video, 0));
        }
        assertEquals(4_999, video.lifted());
        assertEquals(0, video.jumps());
    }

    @Test
    void otherTracksFollowAJumpOneByOne() {
        timestamps.anchor(0, 0);
        assertEquals("0", map(video, 0));
        assertEquals("5", map(audio, 5));
        assertEquals("40", map(video, 40));
        assertEquals("80!", map(video, 60_000));
        assertEquals("25", map(audio, 25), "still on the old clock");
        assertEquals("120", map(video, 60_040));
        assertEquals("65", map(audio, 65), "still on the old clock");
        assertEquals("105", map(audio, 60_025), "on the new clock, without another jump");
        assertEquals("125", map(audio, 60_045));
        assertEquals("160", map(video, 60_080));
        assertEquals(1, video.jumps());
        assertEquals(0, audio.jumps());
    }

    @Test
    void jumpJustUnderTheLimitOfOneTrackIsFollowedByIt() {
        timestamps.anchor(0, 0);
        map(video, 0);
        map(audio, 20);
        map(audio, 40);
        assertEquals("80!", map(video, 10_040), "more than 10 s behind its own last time");
        assertEquals("80", map(audio, 10_040), "exactly 10 s, but nearer on the new clock");
    }

    @Test
    void trackWithAClockOfItsOwnGetsAnOffset() {
        timestamps.anchor(ms(1_000_000), 0);
        assertEquals("0", map(video, 1_000_000));
        assertEquals("20", map(audio, 7), "a frame behind the last access unit");
        assertEquals("40", map(video, 1_000_040));
        assertEquals("40", map(audio, 27));
        assertEquals("80", map(video, 1_000_080));
        assertEquals(0, video.jumps());
        assertEquals(0, audio.jumps());
    }

    @Test
    void trackThatPausedReturnsToItsPlace() {
        timestamps.anchor(0, 0);
        map(video, 0);
        for (int ms = 20; ms <= 30_000; ms += 20) {
            map(audio, ms);
        }
        assertEquals("30010", map(video, 30_010), "no jump");
        assertEquals(0, video.jumps());
    }

    @Test
    void trackThatFallsFarBehindIsBroughtBack() {
        timestamps.anchor(0, 0);
        map(video, 0);
        for (int ms = 20; ms <= 30_000; ms += 20) {
            map(audio, ms);
        }
        assertEquals("30040!", map(video, 40));
        assertEquals("30080", map(video, 80));
        assertEquals("30020", map(audio, 30_020), "the others don't notice");
    }

    @Test
    void goesOnBehindTheLastPublisher() {
        timestamps.anchor(0, 0);
        mapAll(video, "0 40 80");
        map(audio, 100);
        video.restart();
        audio.restart();
        timestamps.anchor(ms(555_000), ms(60_000));
        assertEquals("60000", map(video, 555_000));
        assertEquals("59990", map(audio, 554_990), "audio may lag a little");
        assertEquals("60040", map(video, 555_040));
    }

    @Test
    void landsOnWholeMilliseconds() {
        timestamps.anchor(0, 0);
        timestamps.map(video, 0);
        timestamps.reached(1_921);
        long landed90k = timestamps.map(video, ms(100_000));
        assertTrue(timestamps.jumped());
        assertEquals(0, landed90k % 90);
        assertTrue(landed90k >= 1_921 + ms(40));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void timesOfATrackAlwaysAdvance(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        timestamps.anchor(0, 0);
        long inMs = 0;
        for (int i = 0; i < 2_000; i++) {
            int kind = random.nextInt(100);
            inMs += kind < 90 ? 20 : kind < 96 ? random.nextInt(-2_000, 2_000) : random.nextInt(-50_000, 50_000);
            TrackClock track = random.nextBoolean() ? video : audio;
            long before90k = track.lastOut90k;
            long out90k = timestamps.map(track, ms(inMs));
            timestamps.reached(out90k);
            assertTrue(out90k > before90k, "at event " + i);
        }
    }
}
