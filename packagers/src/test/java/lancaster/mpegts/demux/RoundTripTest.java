package lancaster.mpegts.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lancaster.kit.SampleStream;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What our own muxer writes is read back byte for byte. */
class RoundTripTest {
    /** What the muxer adds to times. */
    private static final long OFFSET_90K = 126_000;
    /** Timestamps wrap 400 ms after such a start. */
    private static final long BEFORE_WRAP_90K = (1L << 33) - OFFSET_90K - 36_000;

    @ParameterizedTest
    @CsvSource({"avc-aac,0", "avc-bframes-aac,0", "avc-only,0", "aac-only,0", "avc-bframes-aac,1", "aac-only,1"})
    void givesTheEventsThatWereWritten(String name, int wraps) {
        SampleStream sent = new SampleStream(name, wraps * BEFORE_WRAP_90K);
        Demuxed received = Demuxed.of(Demuxed.muxed(sent));
        for (Track track : sent.tracks()) {
            assertEquals(List.of(asTold(track.config())), configurations(received, track));
            assertEquals(sent(sent, track), received.units(track.id()));
        }
        assertEquals(0, received.stats().faults().total(), () -> "" + received.stats());
    }

    /** ADTS has no room for what stands behind the first two bytes, which only tells that there is no SBR. */
    private static CodecConfig asTold(CodecConfig config) {
        return config instanceof AacConfig aac
                ? new AacConfig(aac.record().slice(0, 2), aac.sampleRate(), aac.samplesPerFrame(), aac.channels())
                : config;
    }

    private static List<CodecConfig> configurations(Demuxed received, Track track) {
        return received.events().stream()
                .filter(TrackConfigured.class::isInstance)
                .map(event -> ((TrackConfigured) event).track())
                .filter(each -> each.id() == track.id())
                .map(Track::config)
                .toList();
    }

    private static List<AccessUnit> sent(SampleStream stream, Track track) {
        return stream.segments().stream()
                .flatMap(segment -> segment.units().stream())
                .filter(unit -> unit.trackId() == track.id())
                .map(unit -> unit.withDts90k(unit.dts90k() + OFFSET_90K))
                .toList();
    }
}
