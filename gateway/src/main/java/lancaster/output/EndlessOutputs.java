package lancaster.output;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import lancaster.endless.EndlessFormat;
import lancaster.runloop.RunLoop;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;

/** The endless files of all streams, made while somebody reads them. From any thread. */
public final class EndlessOutputs {
    private record Key(LiveStream stream, EndlessFormat format) {}

    private final Function<StreamPath, RunLoop> loops;
    /** Each entry belongs to the packaging loop of its stream. */
    private final Map<Key, EndlessOutput> outputs = new ConcurrentHashMap<>();

    private final AtomicLong readers = new AtomicLong();
    private final AtomicLong cuts = new AtomicLong();

    /** @param loops the packaging loop of a stream */
    public EndlessOutputs(Function<StreamPath, RunLoop> loops) {
        this.loops = loops;
    }

    /** The reader gets the stream from its last random access point on. Until it leaves, or the stream ends. */
    public void join(LiveStream stream, EndlessFormat format, EndlessReader reader) {
        RunLoop loop = loops.apply(stream.path());
        Key key = new Key(stream, format);
        readers.incrementAndGet();
        loop.execute(() -> {
            EndlessOutput output = outputs.get(key);
            if (output == null) {
                output = new EndlessOutput(stream, format, loop, gone -> outputs.remove(key, gone));
                outputs.put(key, output);
            }
            output.add(reader);
        });
    }

    /** Called once by each reader that has joined, whatever made it end. */
    public void leave(LiveStream stream, EndlessFormat format, EndlessReader reader) {
        readers.decrementAndGet();
        loops.apply(stream.path()).execute(() -> {
            EndlessOutput output = outputs.get(new Key(stream, format));
            if (output != null) {
                output.remove(reader);
            }
        });
    }

    /** A reader did not keep up and was cut back to the next random access point. */
    public void onCut() {
        cuts.incrementAndGet();
    }

    /** Who reads now. */
    public long readers() {
        return readers.get();
    }

    /** How often readers were cut back. */
    public long cuts() {
        return cuts.get();
    }
}
