package lancaster.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import lancaster.runloop.Timer;
import org.junit.jupiter.api.Test;

class SimRunLoopTest {
    private final SimRunLoop loop = new SimRunLoop();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTimersInOrderAtTheirOwnMoment() {
        loop.schedule(20_000_000, () -> ran.add("late@" + loop.nowNs() / 1_000_000));
        loop.schedule(10_000_000, () -> {
            ran.add("early@" + loop.nowNs() / 1_000_000);
            loop.execute(() -> ran.add("task@" + loop.nowNs() / 1_000_000));
        });
        loop.advanceMs(5);
        assertEquals(List.of(), ran);
        loop.advanceMs(15);
        assertEquals(List.of("early@10", "task@10", "late@20"), ran);
    }

    @Test
    void cancelledTimersDontRun() {
        Timer timer = loop.schedule(1, () -> ran.add("no"));
        timer.cancel();
        assertEquals(0, loop.pendingTimers());
        loop.advanceMs(1);
        assertEquals(List.of(), ran);
    }

    @Test
    void noticesTasksThatNeverLetTimePass() {
        loop.execute(new Runnable() {
            @Override
            public void run() {
                loop.execute(this);
            }
        });
        assertThrows(AssertionError.class, loop::runDue);
    }
}
