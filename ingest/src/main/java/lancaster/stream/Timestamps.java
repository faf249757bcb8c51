package lancaster.stream;

import lancaster.media.Timebase;

/**
 * Maps the publisher's clock to the timeline by an offset that all tracks share. Where a track's time jumps, a new
 * offset puts it one frame behind the stream's last access unit; for a while the former offset stays known, because
 * the other tracks follow one by one. A track that paused is no jump if it returns to where the others are; one that
 * falls far behind them gets an offset of its own. Reads no clock: the result depends on the times alone. Times of
 * whole milliseconds stay whole milliseconds, so that they survive RTMP between two boxes.
 */
final class Timestamps {
    /** A longer step forward is a jump. */
    static final long LONGEST_STEP_90K = 10 * Timebase.HZ;
    /** A longer step back is a jump; a shorter one is lifted. */
    static final long LONGEST_STEP_BACK_90K = Timebase.HZ;
    /** How far apart access units of a track stand at least: what RTMP can express. */
    static final long SMALLEST_STEP_90K = Timebase.TICKS_PER_MS;
    /** So much stream time after a jump the tracks may still come on the clock before it. */
    private static final long FORMER_OFFSET_LIVES_90K = 10 * Timebase.HZ;

    private long offset90k;
    private long formerOffset90k;
    private long formerUntil90k = Long.MIN_VALUE;
    private long last90k = Long.MIN_VALUE;
    private boolean jumped;

    /** A publisher begins: its {@code in90k} stands at {@code out90k}. Its tracks' clocks have to be restarted. */
    void anchor(long in90k, long out90k) {
        offset90k = out90k - in90k;
        last90k = Math.max(last90k, out90k);
        formerUntil90k = Long.MIN_VALUE;
    }

    /** The stream has an access unit at {@code out90k}. */
    void reached(long out90k) {
        last90k = Math.max(last90k, out90k);
    }

    /** Where {@code in90k} of {@code track} stands on the timeline, later than everything of that track before it. */
    long map(TrackClock track, long in90k) {
        jumped = false;
        if (!track.started) {
            return track.advance(in90k, firstOffset(track, in90k));
        }
        long best = nearestOffset(track, in90k);
        long wanted90k = in90k + best;
        long step90k = wanted90k - (track.lastIn90k + track.offset90k);
        boolean steps = step90k <= LONGEST_STEP_90K && step90k >= -LONGEST_STEP_BACK_90K;
        boolean returns = distance(wanted90k, last90k) <= LONGEST_STEP_BACK_90K;
        if (!steps && !returns) {
            best = behindLast(track) - in90k;
            formerOffset90k = offset90k;
            formerUntil90k = last90k + FORMER_OFFSET_LIVES_90K;
            offset90k = best;
        } else if (wanted90k < last90k - LONGEST_STEP_90K) {
            best = behindLast(track) - in90k;
        }
        jumped = in90k + best != wanted90k;
        if (jumped) {
            track.countJump();
        }
        return track.advance(in90k, best);
    }

    /** Whether the last {@link #map} took a step out. */
    boolean jumped() {
        return jumped;
    }

    /** A time that belongs to no track, without any effect. */
    long peek(long in90k) {
        return in90k + offset90k;
    }

    /** The first whole millisecond at least a frame of {@code track} behind the last access unit of the stream. */
    long behindLast(TrackClock track) {
        return wholeMs(last90k + track.frame90k());
    }

    static long wholeMs(long ticks90k) {
        return -Math.floorDiv(-ticks90k, Timebase.TICKS_PER_MS) * Timebase.TICKS_PER_MS;
    }

    /** A track whose first time lies far from the stream's has a clock of its own, and hence an offset. */
    private long firstOffset(TrackClock track, long in90k) {
        long best = offset90k;
        if (formerIsAlive() && distance(in90k + formerOffset90k, last90k) < distance(in90k + best, last90k)) {
            best = formerOffset90k;
        }
        return distance(in90k + best, last90k) <= LONGEST_STEP_90K ? best : behindLast(track) - in90k;
    }

    /** Of the track's own, the stream's and the former offset the one that brings it nearest to where it should be. */
    private long nearestOffset(TrackClock track, long in90k) {
        long expected90k = track.lastIn90k + track.offset90k + track.frame90k();
        long best = track.offset90k;
        if (distance(in90k + offset90k, expected90k) < distance(in90k + best, expected90k)) {
            best = offset90k;
        }
        if (formerIsAlive() && distance(in90k + formerOffset90k, expected90k) < distance(in90k + best, expected90k)) {
            best = formerOffset90k;
        }
        return best;
    }

    private boolean formerIsAlive() {
        return last90k <= formerUntil90k;
    }

    private static long distance(long a, long b) {
        return Math.abs(a - b);
    }
}
