package lancaster.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Leaves sockets alone for a while after they had something: to wake up costs more than the little that there is to do
 * then, and what comes meanwhile is done in one go. Who waits for an answer says so by {@link #lookWithin}. Timers are
 * kept; what other threads hand in waits as sockets do, and costs no call of the kernel to wake the loop. Owner: its
 * loop.
 */
final class GatheringIoHandler implements IoHandler {
    private static final int MOST_UNPAUSED = 63;

    private final IoHandler sockets;
    private final LongSupplier nanoTime;
    private final LongConsumer park;
    private final Patience patience;
    private final IoHandlerContext looking = new Looking();
    private long untilNs;
    /** So many times in a row there is no pause behind what was found, because pauses were in vain. */
    private int unpaused;

    private int toGo;

    /** Behind a pause sockets are looked at and not waited for, so that it shows whether it was worth it. */
    private static final class Looking implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    }

    /** Makes them, and tells which loop has which. */
    static final class Factory implements IoHandlerFactory {
        private final IoHandlerFactory sockets;
        private final Map<ThreadAwareExecutor, GatheringIoHandler> made = new ConcurrentHashMap<>();

        Factory(IoHandlerFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        public IoHandler newHandler(ThreadAwareExecutor loop) {
            GatheringIoHandler handler =
                    new GatheringIoHandler(sockets.newHandler(loop), System::nanoTime, LockSupport::parkNanos);
            made.put(loop, handler);
            return handler;
        }

        GatheringIoHandler of(ThreadAwareExecutor loop) {
            return Objects.requireNonNull(made.get(loop));
        }
    }

    /**
     * @param nanoTime the loop's clock
     * @param park keeps the thread from running for so many nanoseconds
     */
    GatheringIoHandler(IoHandler sockets, LongSupplier nanoTime, LongConsumer park) {
        this.sockets = sockets;
        this.nanoTime = nanoTime;
        this.park = park;
        this.untilNs = nanoTime.getAsLong();
        this.patience = new Patience(untilNs);
    }

    /** What comes next is waited for: the sockets are looked at within {@code ns} for the next second or two. */
    void lookWithin(long ns) {
        patience.atMost(ns, nanoTime.getAsLong());
    }

    @Override
    public int run(IoHandlerContext context) {
        boolean paused = context.canBlock() && pause(context);
        int handled = sockets.run(paused ? looking : context);
        if (paused) {
            boolean inVain = handled == 0 && nanoTime.getAsLong() >= untilNs;
            unpaused = inVain ? Math.min(MOST_UNPAUSED, unpaused + 1) : handled > 0 ? unpaused / 2 : unpaused;
        }
        if (handled > 0) {
            onFound();
        }
        return handled;
    }

    /** Where pauses are in vain, they become rare: each costs a wake-up of its own. */
    private void onFound() {
        if (toGo > 0) {
            toGo--;
            return;
        }
        toGo = unpaused;
        long nowNs = nanoTime.getAsLong();
        untilNs = nowNs + patience.ns(nowNs);
    }

    /** Whether it was time for one. */
    private boolean pause(IoHandlerContext context) {
        long nowNs = nanoTime.getAsLong();
        long pauseNs = Math.min(untilNs - nowNs, context.delayNanos(nowNs));
        if (pauseNs <= 0) {
            return false;
        }
        park.accept(pauseNs);
        return true;
    }

    @Override
    public void initialize() {
        sockets.initialize();
    }

    @Override
    public void prepareToDestroy() {
        sockets.prepareToDestroy();
    }

    @Override
    public void destroy() {
        sockets.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return sockets.register(handle);
    }

    @Override
    public void wakeup() {
        sockets.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return sockets.isCompatible(handleType);
    }
}
