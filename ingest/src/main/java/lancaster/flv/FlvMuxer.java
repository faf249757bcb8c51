package lancaster.flv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;

/**
 * Makes tags of media events, in the legacy form that every reader knows (§E.4). Times become milliseconds that wrap
 * after 32 bits. Marks have no tag.
 */
public final class FlvMuxer {
    private static final int AVC_HEADER_BYTES = 5;
    private static final int AAC_HEADER_BYTES = 2;

    private final Consumer<FlvMessage> sink;
    /** Configurations wait for the next access unit: a sequence header has no time of its own. */
    private final Map<Integer, CodecConfig> waiting = new LinkedHashMap<>();
    /** Those of all tracks. */
    private final Map<Integer, CodecConfig> configured = new LinkedHashMap<>();

    public FlvMuxer(Consumer<FlvMessage> sink) {
        this.sink = sink;
    }

    /** Throws an unsupported {@link ProtocolException} of scope STREAM for codecs other than H.264 and AAC. */
    public void mux(MediaEvent event) {
        if (event instanceof TrackConfigured configured) {
            configured(configured.track());
        } else if (event instanceof TrackRemoved removed) {
            waiting.remove(removed.trackId());
            configured.remove(removed.trackId());
        } else if (event instanceof AccessUnit unit) {
            accessUnit(unit);
        } else if (event instanceof DataMessage message) {
            Bytes payload = new ScriptTag(message.name(), message.amf0()).write();
            sink.accept(new FlvMessage(FlvMessage.DATA, timestampMs(message.dts90k()), payload));
        }
    }

    /** Says the configurations of all tracks again, for somebody who begins at {@code dts90k}. */
    public void muxConfigurations(long dts90k) {
        sequenceHeaders(configured, timestampMs(dts90k));
    }

    private void configured(Track track) {
        CodecConfig config = track.config();
        if (!FlvTagWriter.canWrite(track)) {
            throw ProtocolException.unsupported(
                    Scope.STREAM, "flv", config.codecName() + " in track " + track.id() + " can't be written");
        }
        waiting.put(track.id(), config);
        configured.put(track.id(), config);
    }

    private void accessUnit(AccessUnit unit) {
        long timestampMs = timestampMs(unit.dts90k());
        sequenceHeaders(waiting, timestampMs);
        waiting.clear();
        if (unit.trackId() == Track.VIDEO) {
            int compositionTimeMs = (int) (Timebase.toMs(unit.pts90k()) - Timebase.toMs(unit.dts90k()));
            int frameType = unit.randomAccess() ? FlvTagWriter.KEY_AVC : FlvTagWriter.INTER_AVC;
            sink.accept(video(timestampMs, frameType, FlvTagWriter.FRAME, compositionTimeMs, unit.payload()));
        } else {
            sink.accept(audio(timestampMs, FlvTagWriter.FRAME, unit.payload()));
        }
    }

    private void sequenceHeaders(Map<Integer, CodecConfig> configs, long timestampMs) {
        configs.forEach((trackId, config) -> sink.accept(
                trackId == Track.VIDEO
                        ? video(timestampMs, FlvTagWriter.KEY_AVC, FlvTagWriter.SEQUENCE_HEADER, 0, config.record())
                        : audio(timestampMs, FlvTagWriter.SEQUENCE_HEADER, config.record())));
    }

    private static FlvMessage video(
            long timestampMs, int frameType, int packetType, int compositionTimeMs, Bytes body) {
        Bytes payload = new ByteWriter(AVC_HEADER_BYTES + body.length())
                .u8(frameType)
                .u8(packetType)
                .u24(compositionTimeMs)
                .bytes(body)
                .bytes();
        return new FlvMessage(FlvMessage.VIDEO, timestampMs, payload);
    }

    private static FlvMessage audio(long timestampMs, int packetType, Bytes body) {
        Bytes payload = new ByteWriter(AAC_HEADER_BYTES + body.length())
                .u8(FlvTagWriter.AAC)
                .u8(packetType)
                .bytes(body)
                .bytes();
        return new FlvMessage(FlvMessage.AUDIO, timestampMs, payload);
    }

    private static long timestampMs(long dts90k) {
        return Timebase.toMs(dts90k) & 0xFFFF_FFFFL;
    }
}
