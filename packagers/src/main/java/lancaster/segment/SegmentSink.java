package lancaster.segment;

import lancaster.media.AccessUnit;
import lancaster.media.Mark;

/** Takes the segments of a stream one after another: begin, write, end, and so on until the stream is closed. */
interface SegmentSink {
    /** A segment begins. */
    void begin(Mark mark, TrackSet tracks);

    /** An access unit of the open segment, of one of its tracks. */
    void write(AccessUnit unit);

    /** The open segment is complete. */
    void end(SegmentEnd end);

    /** The stream has ended behind the last segment. */
    void close();
}
