package lancaster.rtmp.play;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;

/** What players get of each stream, over all loops and protocols that share it. From any thread. */
public final class PlayMeters implements StreamListener {
    /** Of streams that are there. */
    private final Map<StreamPath, PlayMeter> meters = new ConcurrentHashMap<>();

    private PlayStats over = PlayStats.NONE;

    PlayMeter of(StreamPath path) {
        return meters.computeIfAbsent(path, key -> new PlayMeter());
    }

    /** Of a stream; nothing if nobody has played it. */
    public PlayStats stats(StreamPath path) {
        PlayMeter meter = meters.get(path);
        return meter == null ? PlayStats.NONE : meter.stats();
    }

    /** Of all streams that ever were. */
    public synchronized PlayStats total() {
        return meters.values().stream().map(PlayMeter::stats).reduce(over, PlayStats::plus);
    }

    @Override
    public void onCreated(LiveStream stream) {
        // It is counted from its first player on.
    }

    @Override
    public synchronized void onEnded(LiveStream stream) {
        PlayMeter meter = meters.remove(stream.path());
        if (meter != null) {
            PlayStats last = meter.stats();
            over = over.plus(new PlayStats(
                    0, last.plays(), last.sentBytes(), last.cuts(), last.droppedMessages(), last.stalled()));
        }
    }
}
