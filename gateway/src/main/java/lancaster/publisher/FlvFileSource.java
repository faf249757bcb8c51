package lancaster.publisher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TrackConfigured;

/**
 * The events of an FLV file, read piece by piece. Played in a loop, each round follows the last one as if the file went
 * on: its first frame comes where the frame after the last one of the longest track would.
 */
public final class FlvFileSource implements MediaSource {
    private static final int PIECE_BYTES = 64 * 1024;
    /** Taken for the duration of a track's only frame. */
    private static final long LONE_FRAME_90K = Timebase.HZ / 25;

    /** The times of one track in this round: enough to tell where its next frame would be. */
    private static final class Pace {
        long last90k;
        long step90k = LONE_FRAME_90K;

        Pace(long first90k) {
            last90k = first90k;
        }

        void frame(long dts90k) {
            if (dts90k > last90k) {
                step90k = dts90k - last90k;
                last90k = dts90k;
            }
        }
    }

    private final Path file;
    private final boolean endless;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private final Queue<MediaEvent> events = new ArrayDeque<>();
    private final Map<Integer, CodecConfig> configured = new HashMap<>();
    private final Map<Integer, Pace> paces = new HashMap<>();
    private final FileChannel channel;
    private FlvFileReader reader;
    /** Added to the file's times in this round. */
    private long shift90k;

    private long first90k;

    /** Opens the file; {@code endless} begins again where it ends. */
    public FlvFileSource(Path file, boolean endless) throws IOException {
        this.file = file;
        this.endless = endless;
        channel = FileChannel.open(file);
        reader = newReader();
    }

    private FlvFileReader newReader() {
        FlvDemuxer demuxer = new FlvDemuxer(this::onEvent);
        return new FlvFileReader(demuxer::demux);
    }

    @Override
    public Optional<MediaEvent> next() throws IOException {
        try {
            while (events.isEmpty()) {
                piece.clear();
                if (channel.read(piece) >= 0) {
                    reader.read(piece.flip());
                } else if (paces.isEmpty()) {
                    throw new IOException(file + " has no H.264 or AAC frames");
                } else if (endless) {
                    beginAgain();
                } else {
                    return Optional.empty();
                }
            }
        } catch (ProtocolException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return Optional.of(events.remove());
    }

    private void beginAgain() throws IOException {
        long end90k = paces.values().stream()
                .mapToLong(pace -> pace.last90k + pace.step90k)
                .max()
                .orElseThrow();
        shift90k += end90k - first90k;
        paces.clear();
        channel.position(0);
        reader = newReader();
    }

    private void onEvent(MediaEvent event) {
        if (event instanceof TrackConfigured track) {
            CodecConfig config = track.track().config();
            if (!config.equals(configured.put(track.track().id(), config))) {
                events.add(track);
            }
        } else if (event instanceof AccessUnit unit) {
            if (paces.isEmpty()) {
                first90k = unit.dts90k();
            }
            paces.computeIfAbsent(unit.trackId(), id -> new Pace(unit.dts90k())).frame(unit.dts90k());
            events.add(unit.withDts90k(unit.dts90k() + shift90k));
        } else if (event instanceof DataMessage message) {
            events.add(new DataMessage(message.dts90k() + shift90k, message.name(), message.amf0()));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
