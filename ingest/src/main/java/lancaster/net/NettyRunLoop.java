package lancaster.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;

/** An event loop as a {@link RunLoop}. What a task throws goes to its thread's uncaught handler; the loop lives on. */
public final class NettyRunLoop implements RunLoop {
    private final EventLoop eventLoop;
    private final Optional<GatheringIoHandler> gathering;

    NettyRunLoop(EventLoop eventLoop, Optional<GatheringIoHandler> gathering) {
        this.eventLoop = eventLoop;
        this.gathering = gathering;
    }

    /** For the channels of the {@code *.net} rooms. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(long delayNs, Runnable task) {
        Future<?> future = eventLoop.schedule(() -> run(task), delayNs, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(() -> run(task));
    }

    @Override
    public void lookWithin(long ns) {
        gathering.ifPresent(handler -> handler.lookWithin(ns));
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    /** Netty keeps what a scheduled task throws in a future that nobody looks at. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
