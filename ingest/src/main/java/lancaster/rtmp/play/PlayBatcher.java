package lancaster.rtmp.play;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.flv.FlvMessage;
import lancaster.flv.FlvMuxer;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.stream.TimelineMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link PlayBatch}es of a stream's events, each of what came since the one before; a random access point begins a
 * new one. Time begins with 0 at the first access unit, in whole milliseconds of the timeline. Owner: the fan-out's loop.
 */
final class PlayBatcher {
    private static final String METADATA = "onMetaData";
    /** What waits together for longer would be long on its way. */
    private static final int MAX_BATCH_BYTES = 256 << 10;

    private final ChunkMemory memory;
    private final Consumer<PlayBatch> sink;
    private final FlvMuxer muxer = new FlvMuxer(this::add);
    private List<PlayMessage> messages = new ArrayList<>();
    private List<PlayMessage> opening = List.of();
    private int openingVersion;
    private int version;
    private int bytes;
    private int kind;
    private boolean hasVideo;
    private boolean begun;
    private long begin90k;
    private long bornNs;
    private long nowNs;
    private @Nullable DataMessage metadata;
    /** It belongs to the access unit behind it. */
    private @Nullable Mark mark;

    PlayBatcher(ChunkMemory memory, Consumer<PlayBatch> sink) {
        this.memory = memory;
        this.sink = sink;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Throws an unsupported {@link lancaster.bytes.ProtocolException} of scope STREAM for what RTMP can't carry. */
    void on(MediaEvent event, long newNowNs) {
        nowNs = newNowNs;
        if (event instanceof TrackConfigured configured) {
            hasVideo |= configured.track().isVideo();
            version++;
            muxer.mux(event);
        } else if (event instanceof TrackRemoved removed) {
            hasVideo &= removed.trackId() != Track.VIDEO;
            version++;
            muxer.mux(event);
        } else if (event instanceof DataMessage message) {
            data(message);
        } else if (event instanceof Mark newMark) {
            mark = newMark;
            if (!newMark.beginsSegment()) {
                sendMark(newMark.start90k());
                flush();
            }
        } else if (event instanceof AccessUnit unit) {
            unit(unit);
        }
        if (bytes >= MAX_BATCH_BYTES) {
            flush();
        }
    }

    /** Hands on what has come. */
    void flush() {
        if (messages.isEmpty()) {
            return;
        }
        PlayBatch batch = new PlayBatch(memory, messages, opening, openingVersion, version, bornNs);
        messages = new ArrayList<>();
        opening = List.of();
        bytes = 0;
        sink.accept(batch);
    }

    private void data(DataMessage message) {
        if (message.name().equals(METADATA)) {
            metadata = message;
            version++;
        }
        if (begun) {
            data(message, time90k(message.dts90k()));
        }
    }

    /** Metadata at time 0: ffmpeg takes those of any other for subtitles. */
    private void data(DataMessage message, long time90k) {
        kind = PlayMessage.DATA;
        long its90k = message.name().equals(METADATA) ? 0 : time90k;
        muxer.mux(new DataMessage(its90k, message.name(), message.amf0()));
    }

    private void unit(AccessUnit unit) {
        if (!begun) {
            begun = true;
            begin90k = Timebase.fromMs(Timebase.toMs(unit.dts90k()));
        }
        boolean video = unit.trackId() < Track.AUDIO;
        long time90k = time90k(unit.dts90k());
        if (unit.randomAccess() && (hasVideo ? video : messages.isEmpty())) {
            flush();
            open(time90k);
        }
        sendMark(unit.dts90k());
        kind = video ? PlayMessage.VIDEO : PlayMessage.AUDIO;
        muxer.mux(new AccessUnit(unit.trackId(), time90k, unit.cts90k(), unit.randomAccess(), unit.payload()));
    }

    /** Not where the stream was joined in the midst of a segment: that one would be taken for whole. */
    private void sendMark(long dts90k) {
        if (mark != null && mark.start90k() == dts90k) {
            DataMessage message = TimelineMessage.of(mark);
            kind = PlayMessage.MARKS;
            muxer.mux(new DataMessage(time90k(dts90k), message.name(), message.amf0()));
        }
        mark = null;
    }

    /** What whoever begins here must know. */
    private void open(long time90k) {
        kind = PlayMessage.GAP;
        muxer.mux(TimelineMessage.gap(time90k));
        if (metadata != null) {
            data(metadata, time90k);
        }
        muxer.muxConfigurations(time90k);
        opening = messages;
        openingVersion = version;
        messages = new ArrayList<>();
        bytes = 0;
    }

    /** Sound may lie a little before the picture that is the first. */
    private long time90k(long dts90k) {
        return begun ? Math.max(0, dts90k - begin90k) : 0;
    }

    private void add(FlvMessage tag) {
        if (messages.isEmpty()) {
            bornNs = nowNs;
        }
        int its =
                switch (tag.type()) {
                    case FlvMessage.AUDIO -> PlayMessage.AUDIO;
                    case FlvMessage.VIDEO -> PlayMessage.VIDEO;
                    default -> kind;
                };
        RawMessage raw = new RawMessage(tag.type(), PlayMessage.MESSAGE_STREAM, tag.timestampMs(), tag.payload());
        messages.add(new PlayMessage(its, raw));
        bytes += tag.payload().length();
    }
}
