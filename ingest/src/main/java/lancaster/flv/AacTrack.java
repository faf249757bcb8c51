package lancaster.flv;

import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/** The AAC track of a publication. */
final class AacTrack {
    private final FaultCounters faults;
    private final Consumer<MediaEvent> sink;
    private @Nullable AacConfig config;

    AacTrack(FaultCounters faults, Consumer<MediaEvent> sink) {
        this.faults = faults;
        this.sink = sink;
    }

    void configure(Bytes record) {
        if (config == null || !record.equals(config.record())) {
            config = AudioSpecificConfig.parse(record);
            sink.accept(new TrackConfigured(new Track(Track.AUDIO, config)));
        }
    }

    void frame(long dts90k, Bytes data) {
        if (config == null) {
            faults.count(FlvFault.FRAME_WITHOUT_CONFIGURATION);
        } else if (data.isEmpty()) {
            faults.count(FlvFault.EMPTY_FRAME);
        } else {
            sink.accept(new AccessUnit(Track.AUDIO, dts90k, 0, true, data));
        }
    }
}
