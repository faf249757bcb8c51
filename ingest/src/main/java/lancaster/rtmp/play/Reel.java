package lancaster.rtmp.play;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest batches of a stream, one copy for all its viewers: from the last random access point on, and what is young
 * enough for a viewer that lags. Who begins behind that point holds older ones until it has caught up, within limits.
 */
public final class Reel {
    /** A group of pictures longer than this is no begin for anyone any more. */
    private static final long GROUP_NS = 15_000_000_000L;

    private static final long LIMIT_BYTES = 32 << 20;

    private final long bufferNs;
    private final List<PlayBatch> batches = new ArrayList<>();
    private final Set<Cursor> catchingUp = new LinkedHashSet<>();
    private long first;
    private long bytes;
    private long messages;
    private @Nullable PlayBatch newestEntry;
    private boolean ended;
    private String failure = "";

    Reel(long bufferNs) {
        this.bufferNs = bufferNs;
    }

    /** How old may be what a viewer gets that has once caught up. */
    long bufferNs() {
        return bufferNs;
    }

    /** The number of the oldest batch that is kept. */
    long first() {
        return first;
    }

    /** The number of the next batch that will come. */
    long end() {
        return first + batches.size();
    }

    /** Whether no batch will come any more. */
    public boolean hasEnded() {
        return ended;
    }

    PlayBatch get(long sequence) {
        return batches.get((int) (sequence - first));
    }

    /** The last one that a viewer can begin with. */
    @Nullable
    PlayBatch newestEntry() {
        return newestEntry;
    }

    void append(PlayBatch batch, long nowNs) {
        batch.place(end(), messages);
        messages += batch.count();
        bytes += batch.bytes();
        batches.add(batch);
        if (batch.isEntry()) {
            newestEntry = batch;
        } else if (newestEntry != null && nowNs - newestEntry.bornNs() > GROUP_NS) {
            newestEntry = null;
        }
        trim(nowNs);
    }

    /** Why the stream can't be played; empty if it can. */
    public String failure() {
        return failure;
    }

    /** No batch will come any more. */
    void finish() {
        ended = true;
    }

    /** The same, because the stream can't be played. */
    void fail(String reason) {
        failure = reason;
    }

    /** {@code cursor} needs what comes behind its place, however old. */
    void hold(Cursor cursor) {
        catchingUp.add(cursor);
    }

    void letGo(Cursor cursor) {
        catchingUp.remove(cursor);
    }

    void clear() {
        batches.forEach(PlayBatch::release);
        first = end();
        batches.clear();
        bytes = 0;
        newestEntry = null;
    }

    private void trim(long nowNs) {
        catchingUp.removeIf(cursor -> cursor.isLost(nowNs));
        long needed = newestEntry == null ? end() - 1 : newestEntry.sequence();
        for (Cursor cursor : catchingUp) {
            needed = Math.min(needed, cursor.place());
        }
        int count = 0;
        while (count < batches.size() - 1
                && (bytes > LIMIT_BYTES
                        || (first + count < needed && nowNs - batches.get(count).bornNs() > bufferNs))) {
            bytes -= batches.get(count).bytes();
            batches.get(count).release();
            count++;
        }
        batches.subList(0, count).clear();
        first += count;
        if (newestEntry != null && newestEntry.sequence() < first) {
            newestEntry = null;
        }
    }
}
