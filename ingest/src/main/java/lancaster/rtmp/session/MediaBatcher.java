package lancaster.rtmp.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.amf.Amf0Writer;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvMessage;
import lancaster.flv.FlvMuxer;
import lancaster.flv.ScriptTag;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.rtmp.chunk.RawMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link MediaBatch}es of a stream's events, each of what came since the one before; one that a viewer can begin
 * with begins with the key frame. Time begins with 0 at the first access unit. Owner: its user's loop.
 */
public final class MediaBatcher {
    private static final String METADATA = "onMetaData";
    private static final int MAX_BATCH_BYTES = 256 << 10;

    private final Consumer<MediaBatch> sink;
    private final FlvMuxer muxer = new FlvMuxer(this::add);
    private List<RawMessage> messages = new ArrayList<>();
    private List<RawMessage> opening = List.of();
    private int bytes;
    private boolean hasVideo;
    private boolean begun;
    private long begin90k;
    private @Nullable DataMessage metadata;

    public MediaBatcher(Consumer<MediaBatch> sink) {
        this.sink = sink;
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Throws an unsupported {@link lancaster.bytes.ProtocolException} of scope STREAM for what RTMP can't carry. */
    public void on(MediaEvent event) {
        if (event instanceof TrackConfigured configured) {
            hasVideo |= configured.track().isVideo();
            muxer.mux(event);
        } else if (event instanceof TrackRemoved removed) {
            hasVideo &= removed.trackId() != Track.VIDEO;
            muxer.mux(event);
        } else if (event instanceof DataMessage message) {
            metadata = message.name().equals(METADATA) ? message : metadata;
            muxer.mux(new DataMessage(time90k(message.dts90k()), message.name(), message.amf0()));
        } else if (event instanceof AccessUnit unit) {
            unit(unit);
        }
        if (bytes >= MAX_BATCH_BYTES) {
            flush();
        }
    }

    /** Hands on what has come. */
    public void flush() {
        if (messages.isEmpty()) {
            return;
        }
        MediaBatch batch = new MediaBatch(List.copyOf(messages), opening);
        messages = new ArrayList<>();
        opening = List.of();
        bytes = 0;
        sink.accept(batch);
    }

    private void unit(AccessUnit unit) {
        if (!begun) {
            begun = true;
            begin90k = unit.dts90k();
        }
        long time90k = time90k(unit.dts90k());
        if (unit.randomAccess() && (!hasVideo || unit.trackId() < Track.AUDIO)) {
            flush();
            open(time90k);
        }
        muxer.mux(new AccessUnit(unit.trackId(), time90k, unit.cts90k(), unit.randomAccess(), unit.payload()));
    }

    /** What whoever begins here must know. */
    private void open(long time90k) {
        if (metadata != null) {
            muxer.mux(new DataMessage(time90k, metadata.name(), metadata.amf0()));
        }
        muxer.muxConfigurations(time90k);
        opening = List.copyOf(messages);
        messages = new ArrayList<>();
        bytes = 0;
    }

    /** Sound may lie a little before the picture that is the first. */
    private long time90k(long dts90k) {
        return begun ? Math.max(0, dts90k - begin90k) : 0;
    }

    private void add(FlvMessage tag) {
        Bytes payload = tag.type() == FlvMessage.DATA ? asSet(tag.payload()) : tag.payload();
        messages.add(new RawMessage(tag.type(), MediaBatch.usualStream(), tag.timestampMs(), payload));
        bytes += payload.length();
    }

    /** Servers keep for later viewers what publishers set (FLV E.4.4; AMS calls it data keyframe). */
    private static Bytes asSet(Bytes script) {
        return ScriptTag.parse(script).name().equals(METADATA)
                ? Bytes.concat(new Amf0Writer().string(ScriptTag.SET_DATA_FRAME).bytes(), script)
                : script;
    }
}
