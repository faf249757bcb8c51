package lancaster.flv;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.MediaEvent;
import lancaster.media.TrackConfigured;

/** Sends messages to a demuxer of its own and keeps what comes out. */
final class FakeEncoder {
    private final List<MediaEvent> events = new ArrayList<>();
    private final FlvDemuxer demuxer = new FlvDemuxer(events::add);

    void video(long timestampMs, Bytes payload) {
        send(FlvMessage.VIDEO, timestampMs, payload);
    }

    void audio(long timestampMs, Bytes payload) {
        send(FlvMessage.AUDIO, timestampMs, payload);
    }

    void data(Bytes payload) {
        send(FlvMessage.DATA, 0, payload);
    }

    void send(int messageType, long timestampMs, Bytes payload) {
        demuxer.demux(messageType, timestampMs, payload);
    }

    void publishesVideo() {
        video(0, Samples.videoHeader(Samples.AVCC));
        video(0, Samples.keyFrame(Samples.IDR));
    }

    FlvFaults faults() {
        return demuxer.faults();
    }

    List<MediaEvent> events() {
        return events;
    }

    void forget() {
        events.clear();
    }

    List<AccessUnit> accessUnits() {
        return Samples.accessUnits(events);
    }

    List<Long> timesMs() {
        return accessUnits().stream().map(unit -> unit.dts90k() / 90).toList();
    }

    List<CodecConfig> configurations() {
        return events.stream()
                .filter(TrackConfigured.class::isInstance)
                .map(event -> ((TrackConfigured) event).track().config())
                .toList();
    }

    List<Bytes> records() {
        return configurations().stream().map(CodecConfig::record).toList();
    }
}
