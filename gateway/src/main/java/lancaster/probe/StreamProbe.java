package lancaster.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/** Measures what is heard of a stream, whichever way it comes: its tracks, how they go together, how they arrive. */
final class StreamProbe {
    /** Before this the audio's rounding is larger than any drift. */
    private static final int FRAMES_FOR_DRIFT = 100;

    private static final double MS_PER_SECOND = 1e3;

    private final Map<Integer, TrackProbe> tracks = new TreeMap<>();
    private final Optional<ArrivalProbe> videoArrival;
    private final Optional<ArrivalProbe> audioArrival;
    private OptionalLong firstVideoPts90k = OptionalLong.empty();
    private OptionalLong firstAudioPts90k = OptionalLong.empty();
    private boolean compared;
    private long audioAhead90k;
    private long audioBehind90k;
    private Optional<AacConfig> audio = Optional.empty();
    private long anchor90k;
    private long framesSinceAnchor;
    private OptionalDouble driftMs = OptionalDouble.empty();

    private StreamProbe(Optional<ArrivalProbe> videoArrival, Optional<ArrivalProbe> audioArrival) {
        this.videoArrival = videoArrival;
        this.audioArrival = audioArrival;
    }

    /** Of a stream that comes in real time, and was asked for at {@code beginNs}. */
    static StreamProbe live(long beginNs) {
        return new StreamProbe(Optional.of(new ArrivalProbe(beginNs)), Optional.of(new ArrivalProbe(beginNs)));
    }

    /** Of a file, or what comes like one. */
    static StreamProbe recorded() {
        return new StreamProbe(Optional.empty(), Optional.empty());
    }

    void accept(MediaEvent event, long nowNs) {
        if (event instanceof TrackConfigured configured) {
            Track track = configured.track();
            tracks.computeIfAbsent(
                            track.id(), id -> new TrackProbe(id, track.isVideo(), CodecDetails.of(track.config())))
                    .configure(track.config());
            if (track.config() instanceof AacConfig aac && !audio.equals(Optional.of(aac))) {
                audio = Optional.of(aac);
                framesSinceAnchor = 0;
            }
        } else if (event instanceof AccessUnit unit) {
            unit(unit, nowNs);
        }
    }

    private void unit(AccessUnit unit, long nowNs) {
        TrackProbe track = tracks.get(unit.trackId());
        if (track != null) {
            unit(
                    track,
                    unit.dts90k(),
                    unit.cts90k(),
                    unit.randomAccess(),
                    unit.payload().length(),
                    nowNs);
        }
    }

    /** A frame of a codec that Lancaster doesn't carry. */
    void foreign(int trackId, String codec, long dts90k, long cts90k, boolean randomAccess, int length, long nowNs) {
        TrackProbe track =
                tracks.computeIfAbsent(trackId, id -> new TrackProbe(id, id < Track.AUDIO, CodecDetails.named(codec)));
        unit(track, dts90k, cts90k, randomAccess, length, nowNs);
    }

    private void unit(TrackProbe track, long dts90k, long cts90k, boolean randomAccess, int length, long nowNs) {
        (track.isVideo() ? videoArrival : audioArrival).ifPresent(probe -> probe.unit(dts90k, nowNs));
        if (track.isVideo()) {
            if (firstVideoPts90k.isEmpty()) {
                firstVideoPts90k = OptionalLong.of(dts90k + cts90k);
            }
        } else {
            if (firstAudioPts90k.isEmpty()) {
                firstAudioPts90k = OptionalLong.of(dts90k + cts90k);
            }
            compare(dts90k);
            drift(track, dts90k);
        }
        track.unit(dts90k, cts90k, randomAccess, length);
    }

    /** How far ahead of the pictures that came before it the sound is. */
    private void compare(long dts90k) {
        tracks.values().stream()
                .filter(other -> other.isVideo() && other.hasUnits())
                .findFirst()
                .ifPresent(video -> {
                    long ahead90k = dts90k - video.last90k();
                    audioAhead90k = compared ? Math.max(audioAhead90k, ahead90k) : ahead90k;
                    audioBehind90k = compared ? Math.max(audioBehind90k, -ahead90k) : -ahead90k;
                    compared = true;
                });
    }

    /** The samples count on; their timestamps are another clock. A gap anchors them anew. */
    private void drift(TrackProbe track, long dts90k) {
        if (audio.isEmpty()) {
            return;
        }
        boolean gap = track.hasUnits() && (dts90k < track.last90k() || dts90k - track.last90k() > Timebase.HZ);
        if (framesSinceAnchor == 0 || gap) {
            anchor90k = dts90k;
            framesSinceAnchor = 0;
        }
        AacConfig config = audio.get();
        double counted = (double) framesSinceAnchor * config.samplesPerFrame() / config.sampleRate();
        if (framesSinceAnchor >= FRAMES_FOR_DRIFT) {
            driftMs = OptionalDouble.of((Timebase.toSeconds(dts90k - anchor90k) - counted) * MS_PER_SECOND);
        }
        framesSinceAnchor++;
    }

    boolean hasMedia() {
        return tracks.values().stream().anyMatch(TrackProbe::hasUnits);
    }

    List<TrackReport> tracks() {
        return tracks.values().stream().map(TrackProbe::report).toList();
    }

    TimingReport timing(long endNs) {
        boolean both = firstVideoPts90k.isPresent() && firstAudioPts90k.isPresent();
        return new TimingReport(
                both
                        ? OptionalLong.of(Timebase.toMs(firstAudioPts90k.getAsLong() - firstVideoPts90k.getAsLong()))
                        : OptionalLong.empty(),
                driftMs,
                compared ? OptionalLong.of(Timebase.toMs(audioAhead90k)) : OptionalLong.empty(),
                compared ? OptionalLong.of(Timebase.toMs(audioBehind90k)) : OptionalLong.empty(),
                videoArrival
                        .flatMap(probe -> probe.report(endNs))
                        .or(() -> audioArrival.flatMap(probe -> probe.report(endNs))));
    }
}
