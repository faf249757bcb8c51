package lancaster.stream;

import lancaster.media.Timebase;

/**
 * Times audio by counting samples: the first frame anchors the count, each next one is one frame further. The
 * encoder's times, which RTMP rounds to milliseconds, are only watched: where they and the count run apart a whole
 * frame is inserted or removed now and then, and where frames are missing the count waits to be anchored anew. A count
 * that keeps failing means that the configuration lies about the sample rate; then the encoder's times are followed.
 */
final class SampleClock {
    /** What becomes of a frame. */
    enum Verdict {
        KEEP,
        /** The frame before is repeated first: the count lags. */
        INSERT,
        /** The frame is left out: the count leads. */
        REMOVE,
        /** The frame is kept, and the count wants to be anchored anew behind a discontinuity. */
        GAP
    }

    private static final int TOLERATED_FRAMES = 2;
    /** So long a difference must last before a frame is inserted or removed. */
    private static final long PATIENCE_90K = Timebase.HZ;
    /** A difference that no single frames mend. */
    private static final long BREAK_90K = Timebase.HZ / 2;
    /** Two breaks within this time, and the count is not trusted any more. */
    private static final long BREAKS_APART_90K = 10 * Timebase.HZ;

    private static final int SMALLEST_STEPS_A_SECOND = 1_000;

    private final int sampleRate;
    private final int samplesPerFrame;
    private final long tolerance90k;

    private long nextSample;
    private boolean anchored;
    private boolean anchorWaits;
    private boolean catchingUp;
    private boolean distrusted;
    private boolean following;
    /** The direction in which encoder and count differ, 0 while they agree, and since when. */
    private int differs;

    private long differsSince90k;
    private long lastBreak90k;
    private boolean everBroke;

    private long firstEncoder90k;
    private long lastEncoder90k;
    private long framesHeard;
    private long inserted;
    private long removed;

    SampleClock(int sampleRate, int samplesPerFrame) {
        this.sampleRate = sampleRate;
        this.samplesPerFrame = samplesPerFrame;
        this.tolerance90k = Timebase.ofSamples((long) TOLERATED_FRAMES * samplesPerFrame, sampleRate);
    }

    long frame90k() {
        return Timebase.ofSamples(samplesPerFrame, sampleRate);
    }

    /** Whether the count stands and goes on from here; a mark may say so. */
    boolean isCounting() {
        return anchored && !anchorWaits && !following;
    }

    /** The sample that the next frame begins with. */
    long nextSample() {
        return nextSample;
    }

    /** The decoding time of the next frame. */
    long next90k() {
        return Timebase.ofSamples(nextSample, sampleRate);
    }

    long inserted() {
        return inserted;
    }

    long removed() {
        return removed;
    }

    /** How much further the encoder's clock has run than the samples it sent, since the count was anchored. */
    long drift90k() {
        return anchored
                ? lastEncoder90k - firstEncoder90k - Timebase.ofSamples((framesHeard - 1) * samplesPerFrame, sampleRate)
                : 0;
    }

    /** Time jumped: the count goes on unwatched up to the next discontinuity, which anchors it anew. */
    void awaitAnchor() {
        anchorWaits = true;
    }

    /** A discontinuity: a count that waited for it is anchored anew. */
    void onDiscontinuity() {
        anchored &= !anchorWaits;
    }

    /** A publisher begins: its first frame anchors the count, and it is trusted anew. */
    void restart() {
        anchored = false;
        distrusted = false;
        everBroke = false;
    }

    /** Takes over the count of another box. */
    void set(long sample) {
        anchored = true;
        following = false;
        anchorWaits = false;
        nextSample = sample;
    }

    /** Where time was counted at another rate before: the next frame doesn't begin before {@code dts90k}. */
    void notBefore(long dts90k) {
        nextSample = Math.max(nextSample, sampleAt(dts90k));
    }

    /**
     * Judges the next frame.
     *
     * @param encoder90k its time by the encoder, on the timeline
     * @param reliable whether that time is the encoder's own, not one that was lifted because it didn't advance
     */
    Verdict judge(long encoder90k, boolean reliable) {
        lastEncoder90k = encoder90k;
        framesHeard++;
        return !anchored || anchorWaits || following || !reliable ? Verdict.KEEP : compare(encoder90k);
    }

    /** The decoding time of the next frame, which comes at {@code encoder90k} by the encoder; anchors the count. */
    long place(long encoder90k) {
        if (!anchored) {
            anchored = true;
            following = distrusted;
            anchorWaits = false;
            catchingUp = false;
            differs = 0;
            nextSample = Math.max(nextSample, sampleAt(encoder90k));
            firstEncoder90k = encoder90k;
            framesHeard = 1;
        } else if (following) {
            nextSample = Math.max(nextSample, sampleAt(encoder90k));
        }
        return next90k();
    }

    /** The placed frame is used. */
    void advance() {
        nextSample += following ? sampleRate / SMALLEST_STEPS_A_SECOND : samplesPerFrame;
    }

    private Verdict compare(long encoder90k) {
        long ahead90k = encoder90k - next90k();
        if (catchingUp && ahead90k < 0) {
            return remove();
        }
        catchingUp = false;
        if (Math.abs(ahead90k) > BREAK_90K) {
            return onBreak(encoder90k, ahead90k);
        }
        if (Math.abs(ahead90k) <= tolerance90k) {
            differs = 0;
            return Verdict.KEEP;
        }
        if (differs != Long.signum(ahead90k)) {
            differs = Long.signum(ahead90k);
            differsSince90k = encoder90k;
        }
        if (encoder90k - differsSince90k < PATIENCE_90K) {
            return Verdict.KEEP;
        }
        differsSince90k = encoder90k;
        if (ahead90k < 0) {
            return remove();
        }
        inserted++;
        return Verdict.INSERT;
    }

    /** A count that lags lacks frames: a gap. One that leads has too many: they are removed until the encoder is there. */
    private Verdict onBreak(long encoder90k, long ahead90k) {
        distrusted |= everBroke && encoder90k - lastBreak90k < BREAKS_APART_90K;
        everBroke = true;
        lastBreak90k = encoder90k;
        if (ahead90k > 0) {
            anchorWaits = true;
            return Verdict.GAP;
        }
        if (distrusted) {
            following = true;
            return Verdict.KEEP;
        }
        catchingUp = true;
        return remove();
    }

    private Verdict remove() {
        removed++;
        return Verdict.REMOVE;
    }

    /** The first sample that isn't before {@code dts90k}: rounding up survives RTMP, which cuts times to milliseconds. */
    private long sampleAt(long dts90k) {
        return -Math.floorDiv(-dts90k * sampleRate, Timebase.HZ);
    }
}
