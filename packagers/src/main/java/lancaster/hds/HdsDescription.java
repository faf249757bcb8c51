package lancaster.hds;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lancaster.bytes.ProtocolException;
import lancaster.codec.CodecString;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.segment.Segment;
import lancaster.segment.SegmentWindow;
import lancaster.segment.TrackSet;

/**
 * What a manifest says of a stream.
 *
 * @param kilobits a second
 * @param picture of its video, as far as the decoder configuration tells
 * @param durationMs of all that is listed
 * @param ended whether nothing more will come
 */
record HdsDescription(TrackSet tracks, long kilobits, Optional<AvcSps> picture, long durationMs, boolean ended) {
    private static final long BITS_A_BYTE = 8;

    static HdsDescription of(SegmentWindow window) {
        TrackSet tracks = window.last().tracks();
        return new HdsDescription(
                tracks,
                kilobits(window.segments()),
                tracks.video().flatMap(HdsDescription::picture),
                Timebase.toMs(window.duration90k()),
                window.ended());
    }

    Optional<String> videoCodec() {
        return tracks.video().flatMap(HdsDescription::codec);
    }

    Optional<String> audioCodec() {
        return tracks.audio().flatMap(HdsDescription::codec);
    }

    Optional<AacConfig> aac() {
        return tracks.audio()
                .map(Track::config)
                .filter(AacConfig.class::isInstance)
                .map(AacConfig.class::cast);
    }

    /** F4M §11.16: what is in each fragment. */
    String type() {
        if (tracks.video().isEmpty()) {
            return "audio";
        }
        return tracks.audio().isEmpty() ? "video" : "audio+video";
    }

    OptionalDouble frameRate() {
        return picture.map(AvcSps::frameRate).orElse(OptionalDouble.empty());
    }

    /** The average of what is listed. */
    private static long kilobits(List<Segment> segments) {
        long bytes = 0;
        long duration90k = 0;
        for (Segment segment : segments) {
            bytes += segment.bytes();
            duration90k += segment.gap() ? 0 : segment.duration90k();
        }
        long bits = duration90k == 0 ? 0 : bytes * BITS_A_BYTE * Timebase.HZ / duration90k;
        return Math.max(1, Math.round(bits / 1000.0));
    }

    private static Optional<AvcSps> picture(Track track) {
        try {
            return track.config() instanceof AvcConfig avc
                    ? Optional.of(AvcDecoderConfiguration.of(avc).firstSps())
                    : Optional.empty();
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> codec(Track track) {
        try {
            return Optional.of(CodecString.of(track.config()));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
