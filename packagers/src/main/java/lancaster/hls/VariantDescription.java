package lancaster.hls;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import lancaster.bytes.ProtocolException;
import lancaster.codec.CodecString;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.hls.MultivariantPlaylist.Resolution;
import lancaster.hls.MultivariantPlaylist.Variant;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Track;
import lancaster.segment.Segment;
import lancaster.segment.SegmentWindow;
import lancaster.segment.TrackSet;

/** Describes a window of segments as a variant stream (§4.4.6.2). Pure functions. */
final class VariantDescription {
    private VariantDescription() {}

    /** @param peak the peak rate so far: what a client was promised is never understated later */
    static Variant of(String uri, SegmentWindow window, long peak) {
        Optional<Track> video = newestVideo(window);
        Optional<AvcSps> sps = video.flatMap(VariantDescription::sps);
        OptionalDouble promised = sps.map(AvcSps::frameRate).orElse(OptionalDouble.empty());
        OptionalLong frameRate =
                video.isPresent() ? FrameRate.milli(promised, window.segments()) : OptionalLong.empty();
        long average = PeakRate.average(window.segments());
        return new Variant(
                uri,
                Math.max(1, Math.max(peak, average)),
                Math.max(1, average),
                codecs(window),
                sps.map(picture -> new Resolution(picture.displayWidth(), picture.height())),
                frameRate.isPresent() ? Optional.of(frameRate.getAsLong()) : Optional.empty());
    }

    private static Optional<Track> newestVideo(SegmentWindow window) {
        return window.segments().stream()
                .flatMap(segment -> segment.tracks().video().stream())
                .reduce((older, newer) -> newer);
    }

    /** All that occurs in the window, the newest first (§6.2.4). */
    private static List<String> codecs(SegmentWindow window) {
        Set<String> codecs = new LinkedHashSet<>();
        List<Segment> segments = window.segments();
        TrackSet described = null;
        for (int i = segments.size() - 1; i >= 0; i--) {
            TrackSet tracks = segments.get(i).tracks();
            if (!tracks.equals(described)) {
                tracks.tracks().forEach(track -> codec(track).ifPresent(codecs::add));
                described = tracks;
            }
        }
        return List.copyOf(codecs);
    }

    private static Optional<String> codec(Track track) {
        try {
            return Optional.of(CodecString.of(track.config()));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    private static Optional<AvcSps> sps(Track track) {
        try {
            return track.config() instanceof AvcConfig avc
                    ? Optional.of(AvcDecoderConfiguration.of(avc).firstSps())
                    : Optional.empty();
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
