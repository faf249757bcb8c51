package lancaster.rtmp.session;

import java.util.random.RandomGenerator;
import lancaster.runloop.RunLoop;

/** What the connections of a server on one loop have in common. */
public record RtmpServerContext(
        RtmpSettings settings,
        RunLoop loop,
        RandomGenerator random,
        PublishHandler handler,
        RtmpServerCounters counters) {
    /** Whether there are as many connections as are allowed. */
    public boolean isFull() {
        return counters.open() >= settings.connections();
    }
}
