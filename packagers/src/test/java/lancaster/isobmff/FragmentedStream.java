package lancaster.isobmff;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.SampleStream;
import lancaster.media.AccessUnit;
import lancaster.media.Track;

/** Packages a sample stream: a fragment a segment; each sample lasts until the next of its track. */
final class FragmentedStream {
    private FragmentedStream() {}

    static List<Bytes> fragments(SampleStream stream) {
        FragmentWriter writer = new FragmentWriter(stream.tracks());
        List<Bytes> fragments = new ArrayList<>();
        for (SampleStream.Segment segment : stream.segments()) {
            writer.begin(segment.mark().number());
            segment.units().forEach(unit -> writer.write(unit, duration(stream, unit)));
            ByteWriter out = new ByteWriter();
            writer.finish(out::bytes);
            fragments.add(out.bytes());
        }
        return fragments;
    }

    private static long duration(SampleStream stream, AccessUnit unit) {
        Track track = stream.tracks().stream()
                .filter(candidate -> candidate.id() == unit.trackId())
                .findFirst()
                .orElseThrow();
        List<AccessUnit> units = stream.segments().stream()
                .flatMap(segment -> segment.units().stream())
                .filter(other -> other.trackId() == unit.trackId())
                .toList();
        int index = units.indexOf(unit);
        int from = Math.min(index, units.size() - 2);
        TrackTimescale timescale = TrackTimescale.of(track);
        return timescale.fromTicks(units.get(from + 1).dts90k())
                - timescale.fromTicks(units.get(from).dts90k());
    }
}
