package lancaster.pull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.codec.avc.NalUnits;
import lancaster.isobmff.FragmentReader;
import lancaster.isobmff.InitSegmentReader;
import lancaster.isobmff.Mp4Sample;
import lancaster.isobmff.Mp4Track;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.mpegts.demux.TsDemuxer;
import lancaster.mpegts.demux.TsDemuxerSettings;

/**
 * Makes media events of the segments of one playlist, MPEG-TS or fMP4, on a time line that goes on through
 * discontinuities: what both playlists of a stream share.
 */
final class HlsSegments {
    private static final int TS_BYTES = 188;
    private static final int SYNC_BYTE = 0x47;
    /** What lies between the last access unit of an epoch and the first of the next. */
    private static final long FRAME_90K = 3_000;

    /** What is added to the times of an epoch, so that it follows the one before. Shared by the lanes of a stream. */
    static final class Epochs {
        private final Map<Integer, Long> offsets90k = new HashMap<>();
        private long end90k;

        private long offset90k(int epoch, long first90k) {
            return offsets90k.computeIfAbsent(epoch, one -> end90k - first90k);
        }

        private void reached(long dts90k) {
            end90k = Math.max(end90k, dts90k + FRAME_90K);
        }
    }

    private final Epochs epochs;
    private List<MediaEvent> out = new ArrayList<>();
    private int epoch = -1;
    private TsDemuxer demuxer = newDemuxer();
    private Optional<FragmentReader> fragments = Optional.empty();

    HlsSegments(Epochs epochs) {
        this.epochs = epochs;
    }

    private TsDemuxer newDemuxer() {
        return new TsDemuxer(TsDemuxerSettings.DEFAULTS, this::add);
    }

    private void add(MediaEvent event) {
        out.add(event);
    }

    /** Throws a ProtocolException where it is none that can be read. */
    void initialize(Bytes initialization) {
        List<Mp4Track> tracks = InitSegmentReader.read(initialization);
        for (Mp4Track track : tracks) {
            if (track.config().isEmpty()) {
                throw ProtocolException.unsupported(Scope.STREAM, "hls", track.codec() + " is not supported");
            }
        }
        fragments = Optional.of(new FragmentReader(tracks));
        tracks.forEach(track ->
                add(new TrackConfigured(new Track(id(track), track.config().orElseThrow()))));
    }

    /** What a segment holds, in the order of decoding. Throws a ProtocolException where it can't be read. */
    List<MediaEvent> read(Bytes segment, int itsEpoch) {
        if (itsEpoch != epoch) {
            demuxer = newDemuxer();
            epoch = itsEpoch;
        }
        if (!segment.isEmpty() && segment.u8(0) == SYNC_BYTE) {
            byte[] packets = segment.toArray();
            for (int at = 0; at + TS_BYTES <= packets.length; at += TS_BYTES) {
                demuxer.onPacket(packets, at);
            }
            demuxer.flush();
        } else {
            samples(segment);
        }
        List<MediaEvent> events = out;
        out = new ArrayList<>();
        return mapped(events);
    }

    private void samples(Bytes segment) {
        FragmentReader reader = fragments.orElseThrow(() ->
                ProtocolException.malformed(Scope.STREAM, "hls", "a segment that is neither MPEG-TS nor initialized"));
        List<Mp4Sample> samples = new ArrayList<>(reader.read(segment));
        samples.sort(Comparator.comparingLong(Mp4Sample::dts90k));
        for (Mp4Sample sample : samples) {
            Mp4Track track = sample.track();
            Bytes data = track.video() && track.nalLengthSize() > 0
                    ? NalUnits.withFourByteLengths(sample.data(), track.nalLengthSize())
                    : sample.data();
            add(new AccessUnit(id(track), sample.dts90k(), (int) sample.cts90k(), sample.randomAccess(), data));
        }
    }

    private List<MediaEvent> mapped(List<MediaEvent> events) {
        Optional<AccessUnit> first = events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .min(Comparator.comparingLong(AccessUnit::dts90k));
        if (first.isEmpty()) {
            return events;
        }
        long offset90k = epochs.offset90k(epoch, first.get().dts90k());
        List<Timed> timed = new ArrayList<>();
        long dts90k = Long.MAX_VALUE;
        for (int i = events.size() - 1; i >= 0; i--) {
            MediaEvent event = events.get(i);
            if (event instanceof AccessUnit unit) {
                AccessUnit moved = unit.withDts90k(unit.dts90k() + offset90k);
                epochs.reached(moved.dts90k());
                dts90k = moved.dts90k();
                event = moved;
            }
            timed.add(new Timed(event, dts90k));
        }
        Collections.reverse(timed);
        // A multiplexer may write sound a second behind the pictures it belongs to.
        return timed.stream()
                .sorted(Comparator.comparingLong(Timed::dts90k))
                .map(Timed::event)
                .toList();
    }

    /** An event and when it is due: a configuration with the access unit behind it. */
    private record Timed(MediaEvent event, long dts90k) {}

    private static int id(Mp4Track track) {
        return track.video() ? Track.VIDEO : Track.AUDIO;
    }
}
