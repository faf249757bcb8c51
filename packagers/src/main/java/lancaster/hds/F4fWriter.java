package lancaster.hds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteSink;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.flv.FlvTagWriter;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Track;
import lancaster.segment.SegmentEnd;
import lancaster.segment.SegmentWriter;
import lancaster.segment.TrackSet;
import org.jspecify.annotations.Nullable;

/**
 * F4F fragments (F4V annex C.3): FLV tags in an {@code mdat}, with the decoder configurations before each video key
 * frame, so that a player may begin at any of them (HDS annex C.1). Tags reach the file as they come; the size of the
 * {@code mdat} is filled in at the end.
 */
final class F4fWriter implements SegmentWriter {
    /** Of one fragment; sizes of boxes have 32 bits, and readers take them for signed. */
    private static final long MAX_TAG_BYTES = 1L << 30;

    private final List<Track> tracks = new ArrayList<>();
    private ByteSink out = (array, offset, length) -> {};
    private @Nullable FlvTagWriter tags;
    private @Nullable F4fHead head;
    private long number;
    private long start90k;
    private long period;
    /** What the configurations at the start take. */
    private long configurationBytes;

    @Override
    public Optional<Bytes> init(TrackSet of) {
        return Optional.empty();
    }

    @Override
    public void begin(Mark mark, TrackSet now, ByteSink sink) {
        tags = null;
        head = null;
        Optional<String> refusal = HdsCodecs.refusal(now.tracks());
        if (refusal.isPresent()) {
            throw ProtocolException.unsupported(Scope.STREAM, "hds", refusal.get());
        }
        tracks.clear();
        tracks.addAll(now.tracks());
        out = sink;
        number = mark.number();
        start90k = mark.start90k();
        period = HdsTime.period(start90k);
    }

    @Override
    public void write(AccessUnit unit) {
        FlvTagWriter writer = tags == null ? open(unit) : tags;
        long timestampMs = HdsTime.ms(unit.dts90k(), period);
        if (writer.written() + unit.payload().length() > MAX_TAG_BYTES) {
            throw ProtocolException.limit(Scope.MESSAGE, "f4f", "a fragment of more than 1 GiB");
        }
        boolean video = unit.trackId() == Track.VIDEO;
        if (video && unit.randomAccess() && writer.written() > configurationBytes) {
            configurations(writer, timestampMs);
        }
        writer.accessUnit(unit, timestampMs);
    }

    @Override
    public void finish(SegmentEnd end) {
        if (head == null) {
            head = new F4fHead(number, HdsTime.ms(start90k, period), false);
            head.write(0).writeTo(out);
        }
    }

    @Override
    public Bytes start() {
        return head == null || tags == null ? Bytes.EMPTY : head.write(tags.written());
    }

    private FlvTagWriter open(AccessUnit first) {
        // Where pictures are, decoding starts with them.
        boolean independent = first.randomAccess() && (first.trackId() == Track.VIDEO || !hasVideo());
        F4fHead opened = new F4fHead(number, HdsTime.ms(first.pts90k(), period), independent);
        head = opened;
        opened.write(0).writeTo(out);
        FlvTagWriter writer = new FlvTagWriter(out);
        tags = writer;
        configurations(writer, HdsTime.ms(start90k, period));
        configurationBytes = writer.written();
        return writer;
    }

    private boolean hasVideo() {
        return tracks.stream().anyMatch(Track::isVideo);
    }

    private void configurations(FlvTagWriter writer, long timestampMs) {
        for (Track track : tracks) {
            writer.configuration(track, timestampMs);
        }
    }
}
