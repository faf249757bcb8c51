package lancaster.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/**
 * A committed FLV file as a live stream would carry it: audio on its sample clock, a mark before each segment. Segments
 * begin at the key frames; of audio alone each holds a second.
 */
public final class SampleStream {
    /** A segment: its mark and its access units in stream order. */
    public record Segment(Mark mark, List<AccessUnit> units) {}

    private static final TimelineRecord RECORD = new TimelineRecord(
            Bytes.wrap(new byte[TimelineRecord.ID_BYTES]),
            0,
            Timebase.HZ,
            Timebase.HZ / 5,
            List.of("ts", "fmp4"),
            true,
            TimelineRecord.LAYOUT);

    private final List<Track> tracks = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final long start90k;
    private long audioFrames;

    /** The file {@code media/NAME.flv}, its time 0 at {@code start90k}. */
    public SampleStream(String name, long start90k) {
        this.start90k = start90k;
        FlvDemuxer demuxer = new FlvDemuxer(this::onEvent);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media(name + ".flv").buffer());
    }

    public List<Track> tracks() {
        return tracks;
    }

    public List<Segment> segments() {
        return segments;
    }

    private void onEvent(MediaEvent event) {
        if (event instanceof TrackConfigured configured) {
            tracks.add(configured.track());
        } else if (event instanceof AccessUnit unit) {
            AccessUnit timed =
                    unit.trackId() == Track.AUDIO ? onSampleClock(unit) : unit.withDts90k(start90k + unit.dts90k());
            if (beginsSegment(timed)) {
                segments.add(new Segment(mark(timed.dts90k()), new ArrayList<>()));
            }
            if (!segments.isEmpty()) {
                segments.get(segments.size() - 1).units().add(timed);
            }
        }
    }

    private AccessUnit onSampleClock(AccessUnit unit) {
        AacConfig config = audio().orElseThrow();
        long anchor = start90k * config.sampleRate() / Timebase.HZ;
        long sample = anchor + audioFrames++ * config.samplesPerFrame();
        return unit.withDts90k(Timebase.ofSamples(sample, config.sampleRate()));
    }

    private Optional<AacConfig> audio() {
        return tracks.stream()
                .filter(Track::isAudio)
                .map(track -> (AacConfig) track.config())
                .findFirst();
    }

    /** Audio before the first key frame belongs to no segment. */
    private boolean beginsSegment(AccessUnit unit) {
        if (tracks.stream().anyMatch(Track::isVideo)) {
            return unit.trackId() == Track.VIDEO && unit.randomAccess();
        }
        return segments.isEmpty()
                || unit.dts90k() - segments.get(segments.size() - 1).mark().start90k() >= RECORD.segment90k();
    }

    private Mark mark(long dts90k) {
        long number = segments.size();
        return new Mark(RECORD, Mark.Kind.CUT, number, dts90k, 0, Timebase.toMs(dts90k), List.of(), List.of());
    }
}
