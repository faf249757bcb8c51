package lancaster.isobmff;

import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;

/**
 * The units in which a track counts time: samples for audio, so that its frames have whole durations, 90 kHz ticks for
 * video.
 */
public record TrackTimescale(int hz) {
    public static TrackTimescale of(Track track) {
        return new TrackTimescale(track.config() instanceof AacConfig aac ? aac.sampleRate() : (int) Timebase.HZ);
    }

    /** A time on the timeline in these units, rounded to the nearest: the sample index that audio was timed by. */
    public long fromTicks(long time90k) {
        return Math.floorDiv(time90k * hz + Timebase.HZ / 2, Timebase.HZ);
    }
}
