package lancaster.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who counts as a viewer. */
class AudienceTest {
    private final AtomicLong nowS = new AtomicLong(1_800_000_000);
    private final Audience audience = new Audience(() -> Instant.ofEpochSecond(nowS.get()));

    @Test
    void aPlayerCountsWhileItAsks() {
        for (int second = 0; second < 60; second += 4) {
            audience.asked("live/a", "192.0.2.1", "player");
            nowS.addAndGet(4);
            assertEquals(1, audience.viewers("live/a"));
        }
        nowS.addAndGet(Audience.PATIENCE_S);
        assertEquals(0, audience.viewers("live/a"));
        assertEquals(0, audience.viewers("live/b"));
    }

    @Test
    void playersAreToldByAddressAndProgram() {
        audience.asked("live/a", "192.0.2.1", "player");
        audience.asked("live/a", "192.0.2.1", "another");
        audience.asked("live/a", "192.0.2.2", "player");
        audience.asked("live/b", "192.0.2.2", "player");
        assertEquals(3, audience.viewers("live/a"));
    }

    @Test
    void whoStaysConnectedCountsUntilItLeaves() {
        Runnable leave = audience.joined("live/a");
        nowS.addAndGet(10_000);
        assertEquals(1, audience.viewers("live/a"));
        leave.run();
        assertEquals(0, audience.viewers("live/a"));
    }

    @Test
    void viewersAndStreamsAreBounded() {
        for (int i = 0; i < Audience.MAX_VIEWERS + 100; i++) {
            audience.asked("live/a", "192.0.2.1", "player " + i);
        }
        assertEquals(Audience.MAX_VIEWERS, audience.viewers("live/a"));
        for (int i = 0; i < Audience.MAX_STREAMS + 100; i++) {
            audience.sent("live/" + i, 1);
        }
        assertEquals(0, audience.bytes("live/" + (Audience.MAX_STREAMS + 50)));
        nowS.addAndGet(100_000);
        audience.sent("live/new", 5);
        assertEquals(5, audience.bytes("live/new"));
    }
}
