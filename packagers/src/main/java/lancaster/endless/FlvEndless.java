package lancaster.endless;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvFileWriter;
import lancaster.flv.FlvTagWriter;
import lancaster.flv.ScriptTag;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import org.jspecify.annotations.Nullable;

/**
 * FLV without end. Times are the timeline's, in the 31 bits that tags have (FLV §E.4.1): all readers get the same bytes,
 * so that none begins at 0.
 */
final class FlvEndless implements EndlessMuxer {
    private static final String METADATA = "onMetaData";
    private static final long MASK = 0x7FFF_FFFF;

    private final PieceBuffer piece;
    private final FlvTagWriter tags;
    /** Tracks whose configuration those who read already have not seen. */
    private final Set<Integer> changed = new HashSet<>();

    private @Nullable DataMessage metadata;
    private long unitsRefused;

    FlvEndless(Consumer<Piece> out) {
        piece = new PieceBuffer(out);
        tags = new FlvTagWriter(piece.bytes::bytes);
    }

    @Override
    public void onEvent(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            onAccessUnit(unit);
        } else if (event instanceof TrackConfigured configured) {
            Track track = configured.track();
            if (FlvTagWriter.canWrite(track)) {
                piece.tracks.put(track.id(), track);
                changed.add(track.id());
            }
        } else if (event instanceof TrackRemoved removed) {
            piece.tracks.remove(removed.trackId());
        } else if (event instanceof DataMessage message) {
            onData(message);
        }
    }

    @Override
    public void flush() {
        piece.flush();
    }

    @Override
    public long unitsRefused() {
        return unitsRefused;
    }

    private void onData(DataMessage message) {
        if (message.name().equals(METADATA)) {
            metadata = message;
            return;
        }
        piece.at(message.dts90k());
        tags.script(new ScriptTag(message.name(), message.amf0()).write(), timestampMs(message.dts90k()));
    }

    private void onAccessUnit(AccessUnit unit) {
        Track track = piece.tracks.get(unit.trackId());
        if (track == null) {
            unitsRefused++;
            return;
        }
        long timestampMs = timestampMs(unit.dts90k());
        if (piece.isStart(unit)) {
            piece.begin(prologue(timestampMs), unit.dts90k());
        }
        piece.at(unit.dts90k());
        try {
            if (changed.remove(track.id())) {
                tags.configuration(track, timestampMs);
            }
            tags.accessUnit(unit, timestampMs);
        } catch (ProtocolException e) {
            unitsRefused++;
        }
        piece.flushIfFull();
    }

    /** Header, metadata and configurations; those who read on need none of them. */
    private Bytes prologue(long timestampMs) {
        boolean video = piece.tracks.containsKey(Track.VIDEO);
        boolean audio = piece.tracks.containsKey(Track.AUDIO);
        ByteWriter start = new ByteWriter(512);
        // It writes the header at once.
        var unused = new FlvFileWriter(start::bytes, audio, video);
        FlvTagWriter writer = new FlvTagWriter(start::bytes);
        if (metadata != null) {
            // With any other time some readers take it for a track of data.
            writer.script(new ScriptTag(METADATA, metadata.amf0()).write(), 0);
        }
        for (Track track : piece.tracks.values()) {
            writer.configuration(track, timestampMs);
        }
        return start.bytes();
    }

    private static long timestampMs(long dts90k) {
        return Timebase.toMs(dts90k) & MASK;
    }
}
