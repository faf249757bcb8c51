package lancaster.mpegts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.ByteSink;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Mark;
import lancaster.media.Track;

/**
 * Writes the segments of one set of tracks. A segment's bytes depend on its mark and its access units alone, never on
 * the segments before: every continuity counter begins at 0 and ends on a full cycle, so that the counters run on from
 * segment to segment all the same.
 */
public final class TsSegmentMuxer {
    /** PIDs of video tracks count up from here, those of audio tracks from {@link #AUDIO_PID}. */
    private static final int VIDEO_PID = 0x100;

    private static final int AUDIO_PID = 0x110;
    private static final int MAX_TRACKS_OF_A_KIND = AUDIO_PID - VIDEO_PID;

    private final PacketRun out = new PacketRun();
    private final PsiRepeater tables = new PsiRepeater(out);
    private final PcrInserter pcr;
    private final Map<Integer, ElementaryStream> streams = new TreeMap<>();

    /** Refuses codecs that have no place in a transport stream. The order of the tracks doesn't matter. */
    public TsSegmentMuxer(List<Track> tracks) {
        List<Track> sorted = new ArrayList<>(tracks);
        sorted.sort(Comparator.comparingInt(Track::id));
        List<PesPacketizer> packetizers = sorted.stream()
                .map(track -> new PesPacketizer(out, new TsPid(pid(track)), true))
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
        if (track.config() instanceof AvcConfig avc) {
            return new AvcElementaryStream(avc, packets, pcr, TsClock.SEGMENTS);
        }
        if (track.config() instanceof AacConfig aac) {
            return new AacElementaryStream(aac, packets, pcr, TsClock.SEGMENTS);
        }
        throw ProtocolException.unsupported(
                Scope.STREAM, "mpegts", track.config().codecName() + " in a transport stream");
    }

    private static int pid(Track track) {
        int base = track.isVideo() ? VIDEO_PID : AUDIO_PID;
        int number = track.id() - (track.isVideo() ? Track.VIDEO : Track.AUDIO);
        if (number >= MAX_TRACKS_OF_A_KIND) {
            throw ProtocolException.limit(Scope.STREAM, "mpegts", "track number " + number);
        }
        return base + number;
    }
}
