package lancaster.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In virtual time: parking moves it, sockets are a number of what they have. */
class GatheringIoHandlerTest {
    private static final long MS = 1_000_000;

    private final FakeSockets sockets = new FakeSockets();
    private final FakeContext context = new FakeContext();
    private final List<Long> pauses = new ArrayList<>();
    private long nowNs;
    private final GatheringIoHandler handler = new GatheringIoHandler(sockets, () -> nowNs, this::park);

    private void park(long ns) {
        pauses.add(ns);
        nowNs += ns;
    }

    @Test
    void anIdleLoopWaitsForSocketsWithoutPause() {
        handler.run(context);
        handler.run(context);
        assertEquals(List.of(), pauses);
        assertEquals(List.of(true, true), sockets.waited);
    }

    @Test
    void socketsThatHadSomethingAreLeftAloneAndThenOnlyLookedAt() {
        sockets.have = 1;
        handler.run(context);
        assertEquals(1, handler.run(context));
        assertEquals(List.of(Patience.USUAL_NS), pauses);
        assertEquals(List.of(true, false), sockets.waited);
    }

    @Test
    void whoWaitsForAnAnswerIsLookedAfterAtOnce() {
        sockets.have = 1;
        handler.lookWithin(0);
        handler.run(context);
        handler.run(context);
        assertEquals(List.of(), pauses);
    }

    @Test
    void whoIsPatientIsGatheredLonger() {
        sockets.have = 1;
        handler.lookWithin(20 * MS);
        handler.run(context);
        nowNs += MS;
        handler.run(context);
        assertEquals(List.of(19 * MS), pauses);
    }

    @Test
    void tasksAndTimersAreNotKeptWaiting() {
        sockets.have = 1;
        handler.run(context);
        context.hasTasks = true;
        handler.run(context);
        assertEquals(List.of(), pauses);
        context.hasTasks = false;
        context.timerNs = nowNs + 2 * MS;
        handler.run(context);
        assertEquals(List.of(2 * MS), pauses);
    }

    @Test
    void pausesInVainBecomeRareAndAreTriedAgain() {
        for (int i = 0; i < 1_000; i++) {
            sockets.have = 1;
            handler.run(context);
            sockets.have = 0;
            handler.run(context);
            nowNs += 10 * MS;
        }
        assertTrue(pauses.size() < 50, () -> pauses.size() + " pauses");
        int before = pauses.size();
        sockets.have = 1;
        for (int i = 0; i < 1_000; i++) {
            handler.run(context);
        }
        assertTrue(pauses.size() - before > 800, () -> (pauses.size() - before) + " pauses");
    }

    private static final class FakeContext implements IoHandlerContext {
        boolean hasTasks;
        long timerNs = Long.MAX_VALUE;

        @Override
        public boolean canBlock() {
            return !hasTasks;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return timerNs - currentTimeNanos;
        }

        @Override
        public long deadlineNanos() {
            return timerNs;
        }
    }

    private static final class FakeSockets implements IoHandler {
        final List<Boolean> waited = new ArrayList<>();
        int have;

        @Override
        public int run(IoHandlerContext context) {
            waited.add(context.canBlock());
            return have;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return true;
        }
    }
}
