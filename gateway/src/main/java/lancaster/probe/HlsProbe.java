package lancaster.probe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.isobmff.FragmentReader;
import lancaster.isobmff.InitSegmentReader;
import lancaster.isobmff.Mp4Sample;
import lancaster.isobmff.Mp4Track;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/**
 * Measures an HLS stream by its playlists and segments, which its owner fetches: what they hold against what they say.
 */
final class HlsProbe {
    private static final int TS_BYTES = 188;
    private static final int SYNC_BYTE = 0x47;
    private static final int BITS = 8;
    /** EXTINF may be rounded; half a second more is a mistake. */
    private static final double DURATION_TOLERANCE_S = 0.5;

    private static final double BANDWIDTH_TOLERANCE = 1.1;
    private static final long MS_PER_SECOND = 1_000;

    private final String url;
    private final StreamProbe stream = StreamProbe.recorded();
    private final Faults faults = new Faults();
    private final List<Lane> lanes = List.of(new Lane(0), new Lane(1));
    private Optional<M3u8> multivariant = Optional.empty();
    private Optional<M3u8.Variant> variant = Optional.empty();
    private Optional<M3u8> first = Optional.empty();
    private String chosen = "";
    private boolean transportStream;

    private int loaded;
    private int withoutKeyFrame;
    private int wrongDuration;
    private int tooLong;
    private int encrypted;
    private int slow;
    private double shortestS = Double.MAX_VALUE;
    private double longestS;
    private long peakBitsPerSecond;

    private boolean anyVideo;
    private boolean segmentBegun;
    private boolean segmentBeginsWithKeyFrame;
    private long segmentFirst90k;
    private long segmentLast90k;
    private long segmentUnits;

    /** A media playlist of its own: the variant's, or that of its audio. */
    private final class Lane {
        final PcrTime clock = new PcrTime();
        final TsProbe ts;
        Optional<FragmentReader> fragments = Optional.empty();

        Lane(int number) {
            ts = new TsProbe((event, nowNs) -> accept(number, event));
        }
    }

    HlsProbe(String url) {
        this.url = url;
    }

    void onMultivariant(M3u8 playlist, M3u8.Variant selected) {
        multivariant = Optional.of(playlist);
        variant = Optional.of(selected);
    }

    void onMedia(String uri, M3u8 playlist) {
        if (first.isEmpty()) {
            chosen = uri;
            first = Optional.of(playlist);
            if (playlist.targetDurationS() == 0) {
                faults.say("the media playlist lacks EXT-X-TARGETDURATION");
            }
        }
    }

    /** Something is wrong that isn't in a segment, such as an answer of HTTP. */
    void fault(String text) {
        faults.say(text);
    }

    void onInitialization(int lane, Bytes segment) {
        try {
            List<Mp4Track> tracks = InitSegmentReader.read(segment);
            lanes.get(lane).fragments = Optional.of(new FragmentReader(tracks));
            tracks.forEach(track -> track.config()
                    .ifPresent(config -> accept(lane, new TrackConfigured(new Track(id(track), config)))));
        } catch (ProtocolException e) {
            faults.say("the initialization segment can't be read: " + e.getMessage());
        }
    }

    /** @param loadMs how long it took to fetch */
    void onSegment(int lane, M3u8.Segment listed, int targetDurationS, Bytes segment, long loadMs) {
        loaded += lane == 0 ? 1 : 0;
        if (listed.key().isPresent()) {
            encrypted++;
            return;
        }
        segmentBegun = false;
        segmentUnits = 0;
        try {
            if (!segment.isEmpty() && segment.u8(0) == SYNC_BYTE) {
                transportStream(lanes.get(lane), segment);
            } else {
                fragments(lane, segment);
            }
        } catch (ProtocolException e) {
            faults.say("segment " + listed.sequence() + " can't be read: " + e.getMessage());
            return;
        }
        if (lane == 0) {
            check(listed, targetDurationS, segment.length(), loadMs);
        }
    }

    private void transportStream(Lane lane, Bytes segment) {
        transportStream = true;
        byte[] array = segment.toArray();
        for (int at = 0; at + TS_BYTES <= array.length; at += TS_BYTES) {
            lane.ts.accept(array, at, TS_BYTES, lane.clock.atNs(array, at));
        }
        lane.ts.end();
        if (array.length % TS_BYTES != 0) {
            faults.say("a segment isn't made of whole TS packets");
        }
    }

    private void fragments(int lane, Bytes segment) {
        for (Mp4Sample sample : lanes.get(lane)
                .fragments
                .orElseThrow(() -> ProtocolException.malformed(
                        ProtocolException.Scope.STREAM, "hls", "no initialization segment that could be read"))
                .read(segment)) {
            Mp4Track track = sample.track();
            if (track.config().isPresent()) {
                accept(
                        lane,
                        new AccessUnit(
                                id(track),
                                sample.dts90k(),
                                (int) sample.cts90k(),
                                sample.randomAccess(),
                                sample.data()));
            } else {
                onUnit(lane, track.video(), sample.dts90k(), sample.randomAccess());
                stream.foreign(
                        id(track),
                        track.codec(),
                        sample.dts90k(),
                        sample.cts90k(),
                        sample.randomAccess(),
                        sample.data().length(),
                        0);
            }
        }
    }

    private static int id(Mp4Track track) {
        return track.video() ? Track.VIDEO : Track.AUDIO;
    }

    private void accept(int lane, MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            onUnit(lane, unit.trackId() < Track.AUDIO, unit.dts90k(), unit.randomAccess());
        }
        stream.accept(event, 0);
    }

    /** The video counts, or the audio where there is none. */
    private void onUnit(int lane, boolean video, long dts90k, boolean randomAccess) {
        anyVideo |= video;
        if (lane > 0 || (anyVideo && !video)) {
            return;
        }
        if (!segmentBegun) {
            segmentBegun = true;
            segmentBeginsWithKeyFrame = randomAccess;
            segmentFirst90k = dts90k;
        }
        segmentLast90k = dts90k;
        segmentUnits++;
    }

    private void check(M3u8.Segment listed, int targetDurationS, int bytes, long loadMs) {
        shortestS = Math.min(shortestS, listed.durationS());
        longestS = Math.max(longestS, listed.durationS());
        if (listed.durationS() > 0) {
            peakBitsPerSecond = Math.max(peakBitsPerSecond, Math.round(bytes * BITS / listed.durationS()));
        }
        // A segment may be longer than the target by what rounding to whole seconds hides (§4.3.3.1).
        if (targetDurationS > 0 && Math.round(listed.durationS()) > targetDurationS) {
            tooLong++;
        }
        if (segmentUnits > 1) {
            double seconds = Timebase.toSeconds(segmentLast90k - segmentFirst90k) * segmentUnits / (segmentUnits - 1);
            wrongDuration += Math.abs(seconds - listed.durationS()) > DURATION_TOLERANCE_S ? 1 : 0;
        }
        withoutKeyFrame += segmentBegun && !segmentBeginsWithKeyFrame ? 1 : 0;
        slow += loadMs > listed.durationS() * MS_PER_SECOND ? 1 : 0;
    }

    /** Whether any segment could be looked at. */
    boolean isEmpty() {
        return loaded == 0;
    }

    ProbeReport report(double seconds) {
        TsProbe ts = lanes.get(0).ts;
        faults.count(withoutKeyFrame, "segments don't begin with a key frame");
        faults.count(wrongDuration, "segments are half a second or more longer or shorter than EXTINF says");
        faults.count(tooLong, "segments are longer than EXT-X-TARGETDURATION");
        faults.count(encrypted, "segments are encrypted, and were not looked into");
        faults.count(slow, "segments took longer to load than to play");
        List<TrackReport> tracks = stream.tracks();
        variant.ifPresent(selected -> variant(selected, tracks));
        if (transportStream) {
            faults.segments(ts.report());
            faults.counted(ts.faults());
        }
        faults.tracks(tracks, stream.timing(0));
        return new ProbeReport(
                url,
                "HLS",
                seconds,
                tracks,
                stream.timing(0),
                Optional.empty(),
                Optional.empty(),
                transportStream ? Optional.of(TransportReport.of(ts, false, false)) : Optional.empty(),
                first.map(this::hls),
                List.of(),
                faults.all());
    }

    private void variant(M3u8.Variant selected, List<TrackReport> tracks) {
        if (selected.bandwidth() > 0 && peakBitsPerSecond > selected.bandwidth() * BANDWIDTH_TOLERANCE) {
            faults.say("a segment has " + peakBitsPerSecond + " bit/s, more than the BANDWIDTH of "
                    + selected.bandwidth());
        }
        String codecs = selected.codecs().toLowerCase(Locale.ROOT);
        for (TrackReport track : tracks) {
            String codec = track.codec().codecString().toLowerCase(Locale.ROOT);
            if (!codecs.isEmpty() && !codec.isEmpty() && !codecs.contains(codec)) {
                faults.say("CODECS says \"" + selected.codecs() + "\", but the stream has "
                        + track.codec().codecString());
            }
            String size = track.codec().width() + "x" + track.codec().height();
            if (!selected.resolution().isEmpty()
                    && track.codec().width() > 0
                    && !selected.resolution().equals(size)
                    && !track.codec().format().contains("shown as " + selected.resolution())) {
                faults.say("RESOLUTION says " + selected.resolution() + ", but the picture has " + size);
            }
        }
    }

    private HlsReport hls(M3u8 playlist) {
        List<HlsReport.Variant> variants = multivariant
                .map(all -> all.variants().stream()
                        .map(one -> new HlsReport.Variant(
                                one.bandwidth(), one.resolution(), one.frameRate(), one.codecs(), one.uri()))
                        .toList())
                .orElse(List.of());
        return new HlsReport(
                variants,
                chosen,
                transportStream ? "MPEG-TS" : "fMP4",
                !playlist.ended(),
                playlist.parts(),
                playlist.targetDurationS(),
                playlist.mediaSequence(),
                playlist.segments().size(),
                playlist.segments().stream()
                        .mapToDouble(M3u8.Segment::durationS)
                        .sum(),
                loaded,
                loaded == 0 || shortestS == Double.MAX_VALUE ? 0 : shortestS,
                longestS,
                peakBitsPerSecond);
    }
}
