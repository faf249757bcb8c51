package lancaster.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import lancaster.runloop.Timer;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoopsTest {
    private static final StreamPath PATH = new StreamPath("live", "townhall");

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "4, 1", "8, 2", "16, 4"})
    void aQuarterOfTheCoresPublish(int cores, int loopCount) {
        try (Loops loops = Loops.start(cores)) {
            assertEquals(loopCount, loops.publishLoops().size());
        }
    }

    @Test
    void onTwoCoresPackagingSharesTheLoop() {
        try (Loops loops = Loops.start(2)) {
            assertSame(loops.publish(), loops.packaging(PATH));
        }
        try (Loops loops = Loops.start(3)) {
            assertNotSame(loops.publish(), loops.packaging(PATH));
        }
    }

    @Test
    void onOneCoreWhatIsTimedSharesItToo() {
        try (Loops loops = Loops.start(1)) {
            assertSame(loops.publish(), loops.multicast());
            assertEquals(Set.of("publish-1"), loops.all().keySet());
        }
        try (Loops loops = Loops.start(2)) {
            assertNotSame(loops.publish(), loops.multicast());
        }
    }

    @Test
    void streamsArePinnedAndPublishersTakeTurns() {
        try (Loops loops = Loops.start(16)) {
            assertSame(loops.packaging(PATH), loops.packaging(new StreamPath("live", "townhall")));
            assertEquals(
                    4,
                    IntStream.range(0, 4)
                            .mapToObj(i -> loops.publish())
                            .distinct()
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void loopsRunTasksAndTimersAndOutliveTheirMistakes(Transport transport) throws Exception {
        try (Loops loops = Loops.start(1, transport)) {
            NettyRunLoop loop = loops.publish();
            CountDownLatch ran = new CountDownLatch(2);
            loop.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, mistake) -> ran.countDown());
                Timer never = loop.schedule(TimeUnit.DAYS.toNanos(1), () -> {});
                never.cancel();
                loop.schedule(1, () -> {
                    throw new IllegalStateException("planted");
                });
                loop.schedule(1_000_000, () -> {
                    assertTrue(loop.inLoop());
                    ran.countDown();
                });
            });
            assertFalse(loop.inLoop());
            assertTrue(ran.await(30, TimeUnit.SECONDS));
        }
    }
}
