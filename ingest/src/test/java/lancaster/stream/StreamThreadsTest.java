package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lancaster.media.MediaEvent;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.PublishOutcome.Accepted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishers and subscribers on threads of their own. */
@Timeout(60)
class StreamThreadsTest {
    private static final int ROUNDS = 20;
    private static final long ROUND_MS = 8_000;

    /** One thread's loop. */
    private static final class ThreadLoop implements RunLoop {
        final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private volatile long threadId;

        ThreadLoop() throws Exception {
            thread.submit(() -> threadId = Thread.currentThread().getId()).get();
        }

        @Override
        public long nowNs() {
            return System.nanoTime();
        }

        @Override
        public Timer schedule(long delayNs, Runnable task) {
            var scheduled = thread.schedule(task, delayNs, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            });
        }

        @Override
        public boolean inLoop() {
            return Thread.currentThread().getId() == threadId;
        }

        void await() throws Exception {
            thread.submit(() -> {}).get();
        }
    }

    @TempDir
    private Path state;

    private ThreadLoop first;
    private ThreadLoop second;
    private ThreadLoop reader;
    private final CountDownLatch closed = new CountDownLatch(1);

    private StreamRegistry registry;
    private final StreamHouse checks = new StreamHouse(Path.of("unused"));

    @BeforeEach
    void start() throws Exception {
        first = new ThreadLoop();
        second = new ThreadLoop();
        reader = new ThreadLoop();
        registry = new StreamRegistry(
                new TimelineDirectory(state, reader), InstantSource.system(), new SplittableRandom(1));
        registry.addListener(stream -> stream.subscribe(StreamHouse.WIDE, reader, new MediaSink() {
            @Override
            public void onEvent(MediaEvent event) {
                assertTrue(reader.inLoop());
                checks.sink.onEvent(event);
            }

            @Override
            public void onClosed(CloseReason reason) {
                closed.countDown();
            }
        }));
    }

    @AfterEach
    void stop() {
        for (ThreadLoop loop : List.of(first, second, reader)) {
            loop.thread.shutdownNow();
            assertEquals(List.of(), List.copyOf(loop.failures));
        }
    }

    private Publication publish(ThreadLoop loop) throws Exception {
        return loop.thread
                .submit(() -> assertInstanceOf(
                                Accepted.class,
                                registry.publish(
                                        StreamHouse.PATH,
                                        new PublisherInfo("test", "local", ""),
                                        reason -> {},
                                        loop,
                                        StreamSettings.DEFAULTS))
                        .publication())
                .get();
    }

    @Test
    void publishersOnTwoThreadsTakeTurns() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ThreadLoop loop = round % 2 == 0 ? first : second;
            Publication publication = publish(loop);
            FakeEncoder encoder = new FakeEncoder();
            loop.thread
                    .submit(() -> {
                        encoder.begin(publication::publish);
                        encoder.runUntil(ROUND_MS, publication::publish);
                    })
                    .get();
            // Once the stream has nothing more to do all that was published is in the reader's queue.
            first.await();
            first.await();
            reader.await();
        }
        registry.close().get(20, TimeUnit.SECONDS);
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        reader.await();
        checks.checkInvariants();
        long pictures =
                checks.sink.units().stream().filter(unit -> unit.cts90k() != 0).count();
        assertEquals(ROUNDS * ROUND_MS / FakeEncoder.FRAME_MS, pictures, "nothing is lost");
    }

    @Test
    void everythingAtOnceEndsInOrder() throws Exception {
        publish(first);
        reader.await();
        first.await();
        assertEquals(1, registry.live().size(), "its file is open");
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread other = new Thread(() -> {
                for (int n = 0; n < 300; n++) {
                    registry.find(StreamHouse.PATH).ifPresent(stream -> {
                        stream.stats();
                        RecordedSink sink = new RecordedSink();
                        stream.subscribe(
                                        new SubscriptionSettings(
                                                "short",
                                                Start.FROM_GOP,
                                                OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT,
                                                2_000,
                                                Duration.ofMillis(300)),
                                        second,
                                        sink)
                                .close();
                    });
                    registry.kick(StreamHouse.PATH, "test");
                }
            });
            others.add(other);
            other.start();
        }
        for (int round = 0; round < 200; round++) {
            ThreadLoop loop = round % 3 == 0 ? first : second;
            Publication publication = publish(loop);
            FakeEncoder encoder = new FakeEncoder();
            loop.execute(() -> {
                encoder.begin(publication::publish);
                encoder.runUntil(1_000, publication::publish);
                publication.end(EndReason.LOST);
            });
        }
        for (Thread other : others) {
            other.join();
        }
        second.await();
        registry.close().get(20, TimeUnit.SECONDS);
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        reader.await();
        checks.checkInvariants();
        assertTrue(registry.live().isEmpty());
    }
}
