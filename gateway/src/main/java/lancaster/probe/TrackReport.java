package lancaster.probe;

import java.util.Optional;

/**
 * What a track really is.
 *
 * @param video whether it is one; otherwise it is audio
 * @param mediaMs from its first to its last access unit, by their times
 * @param bitsPerSecond over that
 * @param peakBitsPerSecond of its richest second
 * @param framesPerSecond by its times, gaps left out
 * @param constantRate whether all frames last equally long, but for rounding to milliseconds
 * @param gop video alone, once one was whole
 * @param reorderMs how far presentation lags behind decoding at most: more than 0 with B-frames
 * @param configurations how many different ones came
 * @param missing frames that are missing by the times of the others, where the rate is constant
 * @param backwards times that went back
 * @param repeated times that didn't advance
 * @param gaps times that leapt ahead
 * @param largestGapMs the largest of them
 */
public record TrackReport(
        int id,
        boolean video,
        CodecDetails codec,
        long accessUnits,
        long bytes,
        long mediaMs,
        long bitsPerSecond,
        long peakBitsPerSecond,
        double framesPerSecond,
        boolean constantRate,
        Optional<GopReport> gop,
        long reorderMs,
        int configurations,
        long missing,
        long backwards,
        long repeated,
        long gaps,
        long largestGapMs) {
    /** Whether its times are as they should be. */
    public boolean isTimely() {
        return backwards == 0 && repeated == 0 && gaps == 0;
    }
}
