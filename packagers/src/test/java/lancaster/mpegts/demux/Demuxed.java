package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.SampleStream;
import lancaster.media.MediaEvent;
import lancaster.mpegts.TsSegmentMuxer;

/** What a transport stream that is read to its end gives. */
record Demuxed(List<MediaEvent> events, TsDemuxerStats stats, FramerStats framing) {
    static Demuxed of(Bytes stream) {
        return of(List.of(stream));
    }

    /** Reads pieces of a byte stream. */
    static Demuxed of(List<Bytes> pieces) {
        List<MediaEvent> events = new ArrayList<>();
        TsDemuxer demuxer = new TsDemuxer(TsDemuxerSettings.DEFAULTS, events::add);
        TsFramer framer = new TsFramer(demuxer);
        for (Bytes piece : pieces) {
            framer.bytes(piece.toArray(), 0, piece.length());
        }
        framer.end();
        demuxer.flush();
        return new Demuxed(events, demuxer.stats(), framer.stats());
    }

    /** A stream of the muxer's. */
    static Bytes muxed(SampleStream stream) {
        TsSegmentMuxer muxer = new TsSegmentMuxer(stream.tracks());
        ByteWriter out = new ByteWriter();
        for (SampleStream.Segment segment : stream.segments()) {
            muxer.begin(out::bytes, segment.mark());
            segment.units().forEach(muxer::write);
            muxer.finish();
        }
        return out.bytes();
    }
}
