package lancaster.rtmp.play;

import org.jspecify.annotations.Nullable;

/**
 * A viewer's place on the reel. It begins at the last random access point and goes on without a gap; where what would be
 * next is too old, it jumps to a later one, or waits for it.
 */
public final class Cursor {
    /** Who begins in the past may take so much longer at first, … */
    private static final long START_NS = 500_000_000;
    /** … and must come nearer by this much of the time that passes. */
    private static final int PROGRESS = 4;

    /** How long a mark is waited for: longer than most segments, and shorter than a client's patience. */
    private static final long MARK_NS = 8_000_000_000L;

    private static final int NOTHING_KNOWN = -1;

    private final Reel reel;
    /** Until then it begins with a mark alone. */
    private final long markUntilNs;

    private final long durationMs;
    private boolean begun;
    private long beginMs;
    private long beganAt;
    private boolean over;
    private long place;
    /** Whether it waits for a random access point. */
    private boolean waiting = true;
    /** Whether the next batch is the first behind a jump. */
    private boolean jumped = true;

    private boolean catchingUp;
    private long beganNs;
    private long beginAgeNs;
    /** Configurations and metadata that the viewer has. */
    private int known = NOTHING_KNOWN;

    private boolean opened;
    /** Whether something was left out that nobody has been told of. */
    private boolean left;

    private boolean behindCut;
    private long cuts;
    private long droppedMessages;
    private long reportedCuts;
    private long reportedDropped;
    /** Messages up to what was taken last, and up to the place that was left; -1 where none was. */
    private long seen;

    private long leftAt = -1;

    /**
     * @param kinds that the viewer gets; who understands marks begins with a segment, if one begins soon, so that it has
     *     the same segments
     * @param durationMs how much the viewer gets, to the next batch
     */
    public Cursor(Reel reel, int kinds, long durationMs, long nowNs) {
        this.reel = reel;
        this.durationMs = durationMs;
        this.markUntilNs = (kinds & PlayMessage.MARKS) == 0 ? nowNs : nowNs + MARK_NS;
    }

    long place() {
        return place;
    }

    /** Counts at {@code meter} how often it jumped since it last did, and what the viewer missed by that. */
    public void report(PlayMeter meter) {
        if (cuts != reportedCuts || droppedMessages != reportedDropped) {
            meter.onCut(cuts - reportedCuts, droppedMessages - reportedDropped);
            reportedCuts = cuts;
            reportedDropped = droppedMessages;
        }
    }

    /** What is next for the viewer, if there is anything. */
    public @Nullable PlayBatch next(long nowNs) {
        if (!waiting && isLost(nowNs)) {
            cut();
        }
        if (waiting && !begin(nowNs)) {
            return null;
        }
        if (place == reel.end()) {
            caughtUp();
            return null;
        }
        if (reel.get(place).beginMs() - beginMs >= durationMs && place > beganAt) {
            over = true;
            caughtUp();
            return null;
        }
        PlayBatch batch = reel.get(place++);
        opened = jumped && batch.isEntry() && known != batch.openingVersion();
        behindCut = jumped && left;
        left = left && !behindCut;
        jumped = false;
        known = batch.version();
        seen = batch.messagesBefore() + batch.count();
        return batch;
    }

    /** Whether nothing comes any more: the reel has ended, or the viewer has got as much as it wanted. */
    public boolean isOver() {
        return over || reel.hasEnded();
    }

    /** Whether the batch that {@link #next} gave must be sent with what a viewer needs who begins there. */
    public boolean opens() {
        return opened;
    }

    /** Whether the batch that {@link #next} gave is the first behind a cut. */
    public boolean behindCut() {
        return behindCut;
    }

    /** Whether {@code batch} is too old to be gone on with. */
    public boolean isLate(PlayBatch batch, long nowNs) {
        return nowNs - batch.bornNs() > limitNs(nowNs);
    }

    /** The rest of a batch is not sent, because it has become too old. */
    public void abandon(PlayBatch batch) {
        place = batch.sequence();
        known = NOTHING_KNOWN;
        seen = batch.messagesBefore();
        cut();
    }

    /** The viewer takes nothing for a while. */
    public void pause() {
        caughtUp();
    }

    /** The viewer has had a pause: goes on where it was if that is still on the reel and no begin lies behind it. */
    public void resume(long nowNs) {
        PlayBatch entry = reel.newestEntry();
        if (place < reel.first() || (entry != null && entry.sequence() > place)) {
            left = true;
            jump();
        } else if (place < reel.end()) {
            catchUp(reel.get(place), nowNs);
        }
    }

    /** Whether it has come behind so far that it will have to jump. */
    boolean isLost(long nowNs) {
        return place < reel.first() || (place < reel.end() && isLate(reel.get(place), nowNs));
    }

    /** Its viewer is gone. */
    public void close() {
        reel.letGo(this);
    }

    private void jump() {
        waiting = true;
        jumped = true;
        caughtUp();
    }

    private void cut() {
        cuts++;
        left = true;
        leftAt = seen;
        jump();
        PlayBatch entry = reel.newestEntry();
        // What is as old as what was left would be left again.
        place = entry == null || entry.sequence() <= place ? reel.end() : Math.max(place, entry.sequence());
    }

    private boolean begin(long nowNs) {
        PlayBatch entry = reel.newestEntry();
        if (entry == null || entry.sequence() < place || (leftAt >= 0 && isLate(entry, nowNs))) {
            return false;
        }
        if (!begun && !entry.hasMark() && nowNs < markUntilNs) {
            return false;
        }
        waiting = false;
        place = entry.sequence();
        if (!begun) {
            begun = true;
            beginMs = entry.beginMs();
            beganAt = place;
        }
        if (leftAt >= 0) {
            droppedMessages += entry.messagesBefore() - leftAt;
            leftAt = -1;
        } else {
            catchUp(entry, nowNs);
        }
        return true;
    }

    private void catchUp(PlayBatch from, long nowNs) {
        catchingUp = true;
        beganNs = nowNs;
        beginAgeNs = nowNs - from.bornNs();
        reel.hold(this);
    }

    private void caughtUp() {
        if (catchingUp) {
            catchingUp = false;
            reel.letGo(this);
        }
    }

    private long limitNs(long nowNs) {
        long limitNs = reel.bufferNs();
        return catchingUp ? Math.max(limitNs, beginAgeNs + START_NS - (nowNs - beganNs) / PROGRESS) : limitNs;
    }
}
