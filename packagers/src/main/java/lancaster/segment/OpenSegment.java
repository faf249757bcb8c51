package lancaster.segment;

import java.util.Optional;
import lancaster.bytes.ByteSink;
import lancaster.bytes.Bytes;

/** A segment being written, visible when it is finished. Owned by the packaging loop. */
public interface OpenSegment extends ByteSink {
    /** Replaces the first bytes when the segment is finished; not those of a segment that is hashed as it is written. */
    void replaceStart(Bytes bytes);

    /** Completes the segment and makes it visible; empty if bytes of it were lost. */
    Optional<SegmentFile> finish();

    /** Drops what was written: the segment is not what its marks promise. */
    void lose();

    boolean isLost();

    /** The SHA-256 of the finished segment, if it was asked for. */
    Optional<Bytes> hash();
}
