package lancaster.rtmp.play;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what players of a stream get, from any loop. */
public final class PlayMeter {
    private final AtomicInteger players = new AtomicInteger();
    private final LongAdder plays = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder cuts = new LongAdder();
    private final LongAdder droppedMessages = new LongAdder();
    private final LongAdder stalled = new LongAdder();

    void onPlay() {
        plays.increment();
        players.incrementAndGet();
    }

    void onEnd() {
        players.decrementAndGet();
    }

    public void onSent(long bytes) {
        sentBytes.add(bytes);
    }

    /** A player was cut back to a random access point. */
    public void onCut(long cutCount, long dropped) {
        cuts.add(cutCount);
        droppedMessages.add(dropped);
    }

    /** A player took nothing and was given up. */
    public void onStalled() {
        stalled.increment();
    }

    public PlayStats stats() {
        return new PlayStats(
                players.get(), plays.sum(), sentBytes.sum(), cuts.sum(), droppedMessages.sum(), stalled.sum());
    }
}
