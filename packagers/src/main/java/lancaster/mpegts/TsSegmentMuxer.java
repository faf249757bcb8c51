package lancaster.mpegts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.ByteSink;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Track;

/**
 * Writes the segments of one set of tracks. A segment's bytes depend on its mark and its access units alone, never on
 * the segments before: every continuity counter begins at 0 and ends on a full cycle, so that the counters run on from
 * segment to segment all the same.
 */
public final class TsSegmentMuxer {
    private final PacketRun out = new PacketRun();
    private final PsiRepeater tables = new PsiRepeater(out);
    private final PcrInserter pcr;
    private final Map<Integer, ElementaryStream> streams = new TreeMap<>();

    /** Refuses codecs that have no place in a transport stream. The order of the tracks doesn't matter. */
    public TsSegmentMuxer(List<Track> tracks) {
        List<Track> sorted = new ArrayList<>(tracks);
        sorted.sort(Comparator.comparingInt(Track::id));
        List<PesPacketizer> packetizers = sorted.stream()
                .map(track -> new PesPacketizer(out, TsPid.of(track)))
                .toList();
        pcr = new PcrInserter(out, packetizers.get(0), TsClock.SEGMENTS);
        for (int i = 0; i < sorted.size(); i++) {
            streams.put(sorted.get(i).id(), stream(sorted.get(i), packetizers.get(i)));
        }
    }

    /** A segment begins with PAT and PMT; whatever is left of one that wasn't finished is gone. */
    public void begin(ByteSink sink, Mark mark) {
        out.to(sink);
        streams.values().forEach(ElementaryStream::begin);
        List<Psi.Stream> listed = streams.values().stream()
                .map(stream -> new Psi.Stream(stream.streamType(), stream.pid().pid()))
                .toList();
        tables.begin(Psi.pmt(mark.discontinuitySequence(), pcr.pid(), listed), mark.start90k());
        pcr.begin(mark.isDiscontinuity());
    }

    /** A malformed access unit is refused before a byte of it is written; the segment goes on without it. */
    public void write(AccessUnit unit) {
        ElementaryStream stream = streams.get(unit.trackId());
        if (stream == null) {
            throw new IllegalArgumentException("no track " + unit.trackId());
        }
        tables.writeIfDue(unit.dts90k());
        stream.write(unit);
    }

    /** Completes the segment and hands over what is left of it. */
    public void finish() {
        streams.values().forEach(ElementaryStream::finish);
        tables.finish();
        out.close();
    }

    private ElementaryStream stream(Track track, PesPacketizer packets) {
        PesPacket pes = PesPacket.of(track, TsClock.SEGMENTS);
        return pes instanceof AacPesPacket frames
                ? new AacElementaryStream(frames, packets, pcr)
                : new AvcElementaryStream(pes, packets, pcr);
    }
}
