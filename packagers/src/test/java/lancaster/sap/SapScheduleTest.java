package lancaster.sap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SapScheduleTest {
    private static final long S = 1_000_000_000;
    private static final Bytes HERE = Bytes.of(10, 0, 0, 5);
    private static final Bytes THERE = Bytes.of(10, 0, 0, 6);

    private final SapSchedule schedule = new SapSchedule(Duration.ofMinutes(5));
    private final SapDirectory directory = new SapDirectory();

    private static SapPacket announcement(Bytes origin, String content) {
        return SapPacket.announcement(origin, Bytes.wrap(content.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void fewSessionsAreAnnouncedAtTheShortestInterval() {
        assertEquals(300 * S, schedule.intervalNs(1, 500));
    }

    @Test
    void manySessionsShareTheBandwidth() {
        assertEquals(1_000 * S, schedule.intervalNs(1_000, 500));
    }

    @Test
    void theIntervalVariesByAThird() {
        SplittableRandom random = new SplittableRandom(1);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long next = schedule.nextNs(1, 500, random);
            least = Math.min(least, next);
            most = Math.max(most, next);
        }
        assertTrue(least >= 200 * S && least < 201 * S, "least " + least);
        assertTrue(most <= 400 * S && most > 399 * S, "most " + most);
    }

    @Test
    void knowsWhatOthersAnnounce() {
        assertTrue(directory.onPacket(announcement(HERE, "a"), 0));
        assertFalse(directory.onPacket(announcement(HERE, "a"), S), "again");
        assertTrue(directory.onPacket(announcement(THERE, "a"), S));
        assertEquals(2, directory.count());
    }

    @Test
    void onlyTheAnnouncerTakesASessionBack() {
        directory.onPacket(announcement(HERE, "a"), 0);
        assertFalse(directory.onPacket(announcement(THERE, "a").deleted(), 0));
        assertEquals(1, directory.count());
        assertTrue(directory.onPacket(announcement(HERE, "a").deleted(), 0));
        assertEquals(0, directory.count());
    }

    @Test
    void forgetsWhatIsSilentForAnHourOrTenIntervals() {
        directory.onPacket(announcement(HERE, "a"), 0);
        directory.onPacket(announcement(HERE, "b"), 0);
        directory.onPacket(announcement(HERE, "b"), 1_000 * S);
        directory.expire(3_601 * S);
        assertEquals(1, directory.count());
        directory.expire(11_000 * S);
        assertEquals(1, directory.count());
        directory.expire(11_001 * S);
        assertEquals(0, directory.count());
    }

    @Test
    void aFloodIsBounded() {
        for (int i = 0; i < 2 * SapDirectory.LIMIT; i++) {
            directory.onPacket(announcement(HERE, "session " + i), 0);
        }
        assertTrue(directory.count() <= SapDirectory.LIMIT);
    }
}
