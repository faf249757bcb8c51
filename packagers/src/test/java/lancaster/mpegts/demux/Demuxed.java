package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.EventDump;
import lancaster.kit.SampleStream;
import lancaster.media.AccessUnit;
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

    /** Reads whole packets, all but some of which may be missing. */
    static Demuxed ofPackets(Bytes stream, IntPredicate comes) {
        List<MediaEvent> events = new ArrayList<>();
        TsDemuxer demuxer = new TsDemuxer(TsDemuxerSettings.DEFAULTS, events::add);
        byte[] array = stream.toArray();
        for (int i = 0; i < array.length / TsPacketHeader.SIZE; i++) {
            if (comes.test(i)) {
                demuxer.onPacket(array, i * TsPacketHeader.SIZE);
            }
        }
        demuxer.flush();
        return new Demuxed(events, demuxer.stats(), new FramerStats(0, 0, 0, 0));
    }

    List<AccessUnit> units(int trackId) {
        return events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .filter(unit -> unit.trackId() == trackId)
                .toList();
    }

    /** The events and what was counted, as text. */
    String dump() {
        StringBuilder text = new StringBuilder(EventDump.of(events));
        text.append("program ").append(stats.program()).append(" of ").append(stats.programs());
        for (TsDemuxerStats.Stream stream : stats.streams()) {
            text.append(String.format(
                    "%n%04x type %02x %s: %s, %d packets",
                    stream.pid(), stream.streamType(), stream.name(), stream.use(), stream.packets()));
        }
        text.append("\nlost=").append(stats.lostPackets());
        text.append(" faults=").append(new TreeMap<>(stats.faults().counts())).append('\n');
        return text.toString();
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
