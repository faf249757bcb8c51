package lancaster.multicast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lancaster.kit.SimRunLoop;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long MS = Pacer.GRID_NS;

    private final SimRunLoop loop = new SimRunLoop();
    private final Pacer pacer = new Pacer(loop);
    private final List<String> departures = new ArrayList<>();

    /** Departs at given times. */
    private final class Schedule implements Paced {
        private final String name;
        private final Deque<Long> timesNs = new ArrayDeque<>();
        private Runnable then = () -> {};

        Schedule(String name, long... timesNs) {
            this.name = name;
            for (long timeNs : timesNs) {
                this.timesNs.add(timeNs);
            }
        }

        @Override
        public long departureNs() {
            return timesNs.isEmpty() ? NEVER : timesNs.peek();
        }

        @Override
        public void depart(long plannedNs, long nowNs) {
            assertEquals(timesNs.poll(), plannedNs);
            departures.add(name + "@" + nowNs);
            then.run();
        }
    }

    @Test
    void departsAtThePlannedMoments() {
        pacer.add(new Schedule("a", 2 * MS, 5 * MS));
        pacer.add(new Schedule("b", 2 * MS, 3 * MS + 7));
        loop.advanceMs(10);
        assertEquals(List.of("a@2000000", "b@2000000", "b@3000007", "a@5000000"), departures);
        assertEquals(3, pacer.stats().wakeUps());
        assertEquals(0, pacer.stats().lateness().maxNs());
    }

    @Test
    void sleepsWhileNothingIsPlanned() {
        Schedule idle = new Schedule("a");
        pacer.add(idle);
        assertEquals(0, loop.pendingTimers());
        idle.timesNs.add(4 * MS);
        pacer.replan(idle);
        assertEquals(1, loop.pendingTimers());
        loop.advanceMs(4);
        assertEquals(List.of("a@4000000"), departures);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void replansToAnEarlierMomentAndToALaterOne() {
        Schedule schedule = new Schedule("a", 8 * MS);
        pacer.add(schedule);
        schedule.timesNs.addFirst(2 * MS);
        pacer.replan(schedule);
        loop.advanceMs(2);
        schedule.timesNs.clear();
        schedule.timesNs.add(9 * MS);
        pacer.replan(schedule);
        loop.advanceMs(10);
        assertEquals(List.of("a@2000000", "a@9000000"), departures);
    }

    @Test
    void departsWithoutAWakeUpWhatIsDueWhenItIsPlanned() {
        Schedule schedule = new Schedule("a", 8 * MS);
        pacer.add(schedule);
        loop.advanceMs(1);
        schedule.timesNs.addFirst(3 * MS);
        schedule.timesNs.addFirst(MS);
        schedule.then = () -> pacer.replan(schedule);
        pacer.replan(schedule);
        assertEquals(List.of("a@1000000"), departures);
        assertEquals(0, pacer.stats().wakeUps());
        loop.advanceMs(10);
        assertEquals(List.of("a@1000000", "a@3000000", "a@8000000"), departures);
    }

    @Test
    void departsAtOnceWhatIsPlannedInThePast() {
        loop.advanceMs(5);
        pacer.add(new Schedule("a", MS));
        loop.runDue();
        assertEquals(List.of("a@5000000"), departures);
        assertEquals(4 * MS, pacer.stats().lateness().maxNs());
    }

    @Test
    void callsNothingThatWasRemovedInTheSameTurn() {
        Schedule second = new Schedule("b", MS);
        Schedule first = new Schedule("a", MS, 2 * MS);
        first.then = () -> pacer.remove(second);
        pacer.add(first);
        pacer.add(second);
        loop.advanceMs(5);
        assertEquals(List.of("a@1000000", "a@2000000"), departures);
        assertEquals(1, pacer.stats().paced());
    }

    @Test
    void takesInWhoIsAddedInATurn() {
        Schedule first = new Schedule("a", MS);
        first.then = () -> pacer.add(new Schedule("b", 3 * MS));
        pacer.add(first);
        loop.advanceMs(5);
        assertEquals(List.of("a@1000000", "b@3000000"), departures);
    }

    @Test
    void keepsTheOthersGoingWhereOneFails() {
        Schedule failing = new Schedule("a", MS, 2 * MS);
        failing.then = () -> {
            throw new IllegalStateException("on purpose");
        };
        pacer.add(failing);
        pacer.add(new Schedule("b", MS, 2 * MS));
        assertThrows(IllegalStateException.class, () -> loop.advanceMs(1));
        loop.advanceMs(5);
        assertEquals(List.of("a@1000000", "b@1000000", "b@2000000"), departures);
    }

    @Test
    void findsTheGrid() {
        assertEquals(3 * MS, Pacer.onGrid(2 * MS + 1));
        assertEquals(3 * MS, Pacer.onGrid(3 * MS));
        assertEquals(-2 * MS, Pacer.onGrid(-3 * MS + 1));
    }

    @Test
    void countsLatenessInClassesOfAnEighth() {
        LatenessHistogram histogram = new LatenessHistogram();
        for (long timeNs = 1; timeNs <= 100_000; timeNs++) {
            histogram.record(timeNs);
        }
        PacerStats.Lateness lateness = histogram.snapshot();
        assertEquals(100_000, lateness.departures());
        assertWithin(50_000, lateness.medianNs());
        assertWithin(95_000, lateness.p95Ns());
        assertWithin(99_000, lateness.p99Ns());
        assertEquals(100_000, lateness.maxNs());
        assertEquals(new PacerStats.Lateness(0, 0, 0, 0, 0), new LatenessHistogram().snapshot());
    }

    private static void assertWithin(long expectedNs, long foundNs) {
        assertTrue(foundNs >= expectedNs && foundNs <= expectedNs * 9 / 8, expectedNs + " is not " + foundNs);
    }
}
