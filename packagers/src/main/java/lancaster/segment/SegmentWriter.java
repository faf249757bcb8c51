package lancaster.segment;

import java.util.Optional;
import lancaster.bytes.ByteSink;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;

/** Makes the bytes of segments in one format. What it can't make throws a {@link lancaster.bytes.ProtocolException}. */
public interface SegmentWriter {
    /** The initialization segment of these tracks, in a format that has one. */
    Optional<Bytes> init(TrackSet tracks);

    /** Begins a segment whose bytes go to {@code out}. */
    void begin(Mark mark, TrackSet tracks, ByteSink out);

    void write(AccessUnit unit);

    /** Writes what is left of the segment. */
    void finish(SegmentEnd end);

    /**
     * What the first bytes of the finished segment become, which only its end could tell; as many as were written there.
     * Empty if they stay. Segments that are hashed can't have it.
     */
    default Bytes start() {
        return Bytes.EMPTY;
    }
}
