package lancaster.stream;

import lancaster.bytes.Bytes;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;
import org.jspecify.annotations.Nullable;

/** A track as its publishers send it; lives as long as the stream. Owner: the stream's loop. */
final class InputTrack {
    /** How long a video frame is taken to last until two have come. */
    private static final long FRAME_90K = Timebase.HZ / 25;

    final int id;
    final TrackMeter meter = new TrackMeter();
    final TrackClock clock = new TrackClock(FRAME_90K);
    /** What the publisher configured last. */
    Track wanted;
    /** What the outputs know; null before the track has joined the stream. */
    @Nullable
    Track joined;
    /** Whether the present publisher has configured it. */
    boolean present;
    /** Video: whether its access units can be decoded, since a random access point has come. */
    boolean running;
    /** Audio whose configuration tells its frame length; null for all else. */
    @Nullable
    SampleClock samples;
    /** Audio: the last frame, to be repeated. */
    Bytes lastFrame = Bytes.EMPTY;

    private long insertedBefore;
    private long removedBefore;

    InputTrack(Track track) {
        this.id = track.id();
        this.wanted = track;
        this.samples = samples(track);
    }

    boolean isVideo() {
        return wanted.isVideo();
    }

    /** The publisher says what the track is from here on. */
    void configure(Track track) {
        present = true;
        if (track.equals(wanted)) {
            return;
        }
        wanted = track;
        running = false;
        SampleClock before = samples;
        samples = samples(track);
        if (before != null) {
            insertedBefore += before.inserted();
            removedBefore += before.removed();
            if (samples != null) {
                samples.notBefore(before.next90k());
            }
        }
    }

    /** Whether the outputs have yet to learn what it is. */
    boolean isChanged() {
        return !wanted.equals(joined);
    }

    /** How long a frame lasts. */
    long frame90k() {
        return samples == null ? clock.frame90k() : samples.frame90k();
    }

    long inserted() {
        return insertedBefore + (samples == null ? 0 : samples.inserted());
    }

    long removed() {
        return removedBefore + (samples == null ? 0 : samples.removed());
    }

    private static @Nullable SampleClock samples(Track track) {
        return track.config() instanceof AacConfig aac
                ? new SampleClock(aac.sampleRate(), aac.samplesPerFrame())
                : null;
    }
}
