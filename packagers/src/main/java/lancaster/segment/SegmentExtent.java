package lancaster.segment;

import lancaster.media.AccessUnit;
import lancaster.media.Timebase;
import lancaster.media.Track;

/**
 * How far the access units of an open segment reach: its end where no next segment says so. Video decides if there is
 * any (RFC 8216bis §3, the duration of a segment). Counts within the segment alone, so that every box finds the same.
 */
final class SegmentExtent {
    /** The duration of a lone video frame, whose neighbours are unknown: 40 ms. */
    static final long LONE_FRAME_90K = 3600;

    private static final class Reach {
        int units;
        private long lastDts90k;
        private long step90k;

        Reach(long loneStep90k) {
            step90k = loneStep90k;
        }

        void add(long dts90k) {
            if (units++ > 0) {
                step90k = Math.max(0, dts90k - lastDts90k);
            }
            lastDts90k = dts90k;
        }

        /** The last unit lasts as long as the one before. */
        long end90k() {
            return lastDts90k + step90k;
        }
    }

    private final Reach video = new Reach(LONE_FRAME_90K);
    private final Reach audio = new Reach(0);
    private final long start90k;
    private final long limit90k;

    SegmentExtent(long start90k, int targetDurationS) {
        this.start90k = start90k;
        this.limit90k = start90k + targetDurationS * Timebase.HZ + Timebase.HZ / 2 - 1;
    }

    void add(AccessUnit unit) {
        (unit.trackId() < Track.AUDIO ? video : audio).add(unit.dts90k());
    }

    int videoFrames() {
        return video.units;
    }

    /** At most what TARGETDURATION allows (RFC 8216bis §4.4.3.1), for the last duration is a guess. */
    long end90k() {
        long end90k = video.units > 0 ? video.end90k() : audio.end90k();
        return Math.min(limit90k, Math.max(start90k, end90k));
    }
}
