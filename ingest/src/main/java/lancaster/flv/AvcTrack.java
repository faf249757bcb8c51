package lancaster.flv;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.NalUnits;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/** The H.264 track of a publication: configurations and frames as encoders send them, made regular. */
final class AvcTrack {
    /** No reordering takes longer, even at a frame a second. */
    static final int MAX_COMPOSITION_TIME_MS = 10_000;

    private final FaultCounters faults;
    private final Consumer<MediaEvent> sink;
    private int nalLengthSize = NalUnits.LENGTH_SIZE;
    private @Nullable Bytes lastRecord;
    private @Nullable AvcDecoderConfiguration configuration;

    AvcTrack(FaultCounters faults, Consumer<MediaEvent> sink) {
        this.faults = faults;
        this.sink = sink;
    }

    /** Encoders repeat the record, many before each key frame; only a new one is news. */
    void configure(Bytes record) {
        if (record.equals(lastRecord)) {
            return;
        }
        AvcDecoderConfiguration received = AvcDecoderConfiguration.parse(record);
        received.firstSps();
        lastRecord = record;
        nalLengthSize = received.nalLengthSize();
        become(received.withFourByteLengths());
    }

    void frame(FrameType frameType, long dts90k, int offset90k, VideoPacket.CodedFrame packet) {
        if (configuration == null) {
            faults.count(FlvFault.FRAME_WITHOUT_CONFIGURATION);
            return;
        }
        AvcFrame frame = AvcFrame.read(packet.data(), nalLengthSize);
        if (frame.reframed()) {
            faults.count(FlvFault.NAL_FRAMING);
        }
        followParameterSets(frame, configuration);
        if (!frame.hasSlice()) {
            faults.count(FlvFault.EMPTY_FRAME);
            return;
        }
        boolean randomAccess = isRandomAccess(frameType, frame);
        if (randomAccess != frameType.isKey()) {
            faults.count(FlvFault.KEY_FLAG);
        }
        int cts90k = compositionTime90k(packet.compositionTimeMs()) + offset90k;
        sink.accept(new AccessUnit(Track.VIDEO, dts90k, cts90k, randomAccess, frame.payload()));
    }

    /**
     * An IDR picture is a random access point whatever its tag says. Without one the tag's key flag isn't believed,
     * unless a recovery point SEI message says that pictures are right from here on (an I picture of an open group).
     */
    private static boolean isRandomAccess(FrameType frameType, AvcFrame frame) {
        if (frame.idr() || !frameType.isKey()) {
            return frame.idr();
        }
        return NalUnits.recoveryFrames(frame.payload()).equals(OptionalInt.of(0));
    }

    /**
     * Some encoders announce a change only by parameter sets among the frames. A new SPS is a new configuration; a new
     * PPS alone is one where it comes without a picture and would be lost with its frame.
     */
    private void followParameterSets(AvcFrame frame, AvcDecoderConfiguration current) {
        boolean newSps = !current.sps().containsAll(frame.sps());
        boolean newPps = !current.pps().containsAll(frame.pps());
        if (newSps || (newPps && !frame.hasSlice())) {
            List<Bytes> sps = frame.sps().isEmpty() ? current.sps() : frame.sps();
            List<Bytes> pps = frame.pps().isEmpty() ? current.pps() : frame.pps();
            try {
                become(AvcDecoderConfiguration.of(distinct(sps), distinct(pps)));
            } catch (ProtocolException unreadable) {
                faults.count(FlvFault.BAD_TAG);
            }
        }
    }

    private static List<Bytes> distinct(List<Bytes> units) {
        return units.stream().distinct().toList();
    }

    private void become(AvcDecoderConfiguration next) {
        AvcConfig config = next.toConfig();
        if (configuration == null || !config.equals(configuration.toConfig())) {
            configuration = next;
            sink.accept(new TrackConfigured(new Track(Track.VIDEO, config)));
        }
    }

    private int compositionTime90k(int compositionTimeMs) {
        if (Math.abs(compositionTimeMs) > MAX_COMPOSITION_TIME_MS) {
            faults.count(FlvFault.COMPOSITION_TIME);
            return 0;
        }
        return (int) Timebase.fromMs(compositionTimeMs);
    }
}
