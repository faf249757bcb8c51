package lancaster.segment;

import java.util.Optional;
import lancaster.bytes.ByteSink;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.mpegts.TsSegmentMuxer;
import org.jspecify.annotations.Nullable;

/** MPEG-TS segments: what a decoder needs is in each of them. */
final class TsSegmentWriter implements SegmentWriter {
    private @Nullable TrackSet tracks;
    private @Nullable TsSegmentMuxer muxer;

    @Override
    public Optional<Bytes> init(TrackSet of) {
        return Optional.empty();
    }

    @Override
    public void begin(Mark mark, TrackSet now, ByteSink out) {
        if (muxer == null || !now.equals(tracks)) {
            muxer = new TsSegmentMuxer(now.tracks());
            tracks = now;
        }
        muxer.begin(out, mark);
    }

    @Override
    public void write(AccessUnit unit) {
        if (muxer != null) {
            muxer.write(unit);
        }
    }

    @Override
    public void finish(SegmentEnd end) {
        if (muxer != null) {
            muxer.finish();
        }
    }
}
