package lancaster.hlscheck;

import java.util.Optional;

/**
 * What one track of one segment holds.
 *
 * @param id PID or track id
 * @param codec RFC 6381 name; empty where the segment doesn't say
 * @param timescale units a second
 * @param firstDts decoding time of the first sample
 * @param endDts decoding time at which the last sample is over
 * @param firstPts the earliest presentation time
 * @param frame duration of the last sample
 * @param startsWithSync whether decoding may start at the first sample
 * @param hasSync whether there is any such sample
 */
record TrackMedia(
        int id,
        boolean video,
        Optional<String> codec,
        int timescale,
        long firstDts,
        long endDts,
        long firstPts,
        long frame,
        int samples,
        boolean startsWithSync,
        boolean hasSync,
        Optional<Picture> picture) {
    TrackMedia codedLike(TrackMedia other) {
        return new TrackMedia(
                id,
                video,
                other.codec,
                timescale,
                firstDts,
                endDts,
                firstPts,
                frame,
                samples,
                startsWithSync,
                hasSync,
                other.picture);
    }

    double firstSeconds() {
        return (double) firstDts / timescale;
    }

    double endSeconds() {
        return (double) endDts / timescale;
    }

    double firstPtsSeconds() {
        return (double) firstPts / timescale;
    }
}
