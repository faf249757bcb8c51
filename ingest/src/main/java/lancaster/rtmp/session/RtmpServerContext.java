package lancaster.rtmp.session;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.runloop.RunLoop;

/**
 * What the connections of a server on one loop have in common.
 *
 * @param playback empty where streams are only published
 */
public record RtmpServerContext(
        RtmpSettings settings,
        RunLoop loop,
        RandomGenerator random,
        PublishHandler handler,
        RtmpServerCounters counters,
        Optional<Playback> playback) {
    /** Of a server on which nothing is played. */
    public RtmpServerContext(
            RtmpSettings settings,
            RunLoop loop,
            RandomGenerator random,
            PublishHandler handler,
            RtmpServerCounters counters) {
        this(settings, loop, random, handler, counters, Optional.empty());
    }

    /** Whether there are as many connections as are allowed. */
    public boolean isFull() {
        return counters.open() >= settings.connections();
    }
}
