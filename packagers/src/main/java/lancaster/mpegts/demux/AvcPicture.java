package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.NalUnits;

/**
 * One access unit of a byte stream.
 *
 * @param units its NAL units behind their lengths, without delimiters, filler and parameter sets
 * @param slice the beginning of its first slice
 * @param reference whether other pictures may be predicted from it
 */
record AvcPicture(
        PesTime time, Bytes units, Bytes slice, boolean idr, boolean reference, List<Bytes> sps, List<Bytes> pps) {
    AvcPicture {
        sps = List.copyOf(sps);
        pps = List.copyOf(pps);
    }

    /** This field and the other one of its frame as one access unit. */
    AvcPicture with(AvcPicture second) {
        return new AvcPicture(
                time,
                Bytes.concat(units, second.units),
                slice,
                idr,
                reference || second.reference,
                concat(sps, second.sps),
                concat(pps, second.pps));
    }

    /** The access unit with its parameter sets in it. */
    Bytes withParameterSets() {
        ByteWriter out = new ByteWriter(units.length() + 256);
        sps.forEach(unit -> out.u32(unit.length()).bytes(unit));
        pps.forEach(unit -> out.u32(unit.length()).bytes(unit));
        return out.bytes(units).bytes();
    }

    OptionalInt recoveryFrames() {
        return NalUnits.recoveryFrames(units);
    }

    private static List<Bytes> concat(List<Bytes> first, List<Bytes> second) {
        List<Bytes> all = new ArrayList<>(first);
        second.stream().filter(unit -> !all.contains(unit)).forEach(all::add);
        return all;
    }
}
