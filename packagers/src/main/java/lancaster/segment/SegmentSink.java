package lancaster.segment;

import lancaster.media.AccessUnit;
import lancaster.media.Mark;

/** Takes the segments of a stream one after another: begin, write, end, and so on until the stream is closed. */
public interface SegmentSink {
    /** A segment begins. */
    void begin(Mark mark, TrackSet tracks);

    /** An access unit of the open segment, of one of its tracks. */
    void write(AccessUnit unit);

    /** Access units of the open segment are missing: it can't become what its number promises. */
    void lose();

    /** The open segment is complete. */
    void end(SegmentEnd end);

    /** The stream has ended behind the last segment. */
    void close();
}
