package lancaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private static final long MS = 1_000_000;

    private final Deque<Runnable> slow = new ArrayDeque<>();
    private long nowNs;
    private final LoopWatch watch = new LoopWatch(() -> nowNs);

    private List<LoopWatch.Hang> lookAfter(long ms) {
        nowNs += ms * MS;
        return watch.look();
    }

    @Test
    void nobodyKnowsBeforeTheFirstLook() {
        assertFalse(watch.allTurn());
    }

    @Test
    void loopsThatAnswerTurn() {
        watch.add("publish-1", Runnable::run);
        watch.add("control", Runnable::run);
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of(), lookAfter(500));
            assertTrue(watch.allTurn());
        }
    }

    @Test
    void aLoopThatDoesNotAnswerIsNamedOnceAndKeepsTheRestFromBeingWell() {
        watch.add("publish-1", Runnable::run);
        watch.add("multicast-1", slow::add);
        lookAfter(0);
        assertEquals(List.of(), lookAfter(2000));
        assertTrue(watch.allTurn());
        LoopWatch.Hang hang = lookAfter(500).get(0);
        assertEquals("multicast-1", hang.loop());
        assertEquals(2500 * MS, hang.forNs());
        assertFalse(watch.allTurn());
        assertEquals(List.of(), lookAfter(500), "it is said once");
        assertEquals(
                List.of(
                        new LoopWatch.State("publish-1", 0, false),
                        new LoopWatch.State("multicast-1", 3000 * MS, true)),
                watch.states());
        assertEquals(1, slow.size(), "it isn't piled up with questions");
    }

    @Test
    void aLoopThatComesBackTurnsAgain() {
        watch.add("multicast-1", slow::add);
        lookAfter(0);
        lookAfter(3000);
        slow.remove().run();
        lookAfter(500);
        assertTrue(watch.allTurn());
        assertEquals(List.of(new LoopWatch.State("multicast-1", 3000 * MS, false)), watch.states());
        lookAfter(500);
        assertEquals(1, lookAfter(2500).size(), "a second time is said again");
    }

    @Test
    void withoutLooksNobodyKnows() {
        watch.add("publish-1", Runnable::run);
        lookAfter(0);
        nowNs += 1000 * MS;
        assertTrue(watch.allTurn());
        nowNs += 2500 * MS;
        assertFalse(watch.allTurn());
    }

    @Test
    void theHangingLoopsStackIsShown() throws InterruptedException {
        CountDownLatch ticked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService loop = Executors.newSingleThreadExecutor();
        try {
            watch.add("publish-1", loop);
            lookAfter(0);
            loop.execute(() -> {
                ticked.countDown();
                awaitForTheTest(release);
            });
            ticked.await();
            lookAfter(500);
            assertTrue(lookAfter(2500).get(0).stack().contains("awaitForTheTest"));
        } finally {
            release.countDown();
            loop.shutdown();
        }
    }

    private static void awaitForTheTest(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
