package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.NalType;
import lancaster.codec.avc.SliceHeader;

/**
 * Finds the access units of an H.264 byte stream (ITU-T H.264 §7.4.1.2.3), wherever PES packets cut it. An access unit
 * ends where the next one begins, so that each is given on one picture late.
 */
final class AvcReader implements ElementaryReader, NalSplitter.Sink {
    /** Parameter sets of each kind in an access unit; further ones are beyond what a configuration holds. */
    private static final int MAX_PARAMETER_SETS = 32;
    /** As much of a slice as its header needs. */
    private static final int SLICE_HEAD_BYTES = 40;

    private static final int FILLER_DATA = 12;
    private static final int PREFIX = 14;
    private static final int RESERVED_18 = 18;
    private static final int DATA_PARTITION_A = 2;

    private final AvcTrack track;
    private final FaultCounters faults;
    private final int limitBytes;
    private final NalSplitter splitter;
    private final PesMarks marks = new PesMarks();
    private final ByteWriter units = new ByteWriter(64 << 10);
    private final List<Bytes> sps = new ArrayList<>();
    private final List<Bytes> pps = new ArrayList<>();

    private PesTime time = PesTime.unknown(false);
    private boolean begun;
    private Bytes slice = Bytes.EMPTY;
    private boolean idr;
    private boolean reference;
    /** What comes belongs to an access unit whose beginning is missing. */
    private boolean orphaned = true;

    AvcReader(AvcTrack track, FaultCounters faults, int limitBytes) {
        this.track = track;
        this.faults = faults;
        this.limitBytes = limitBytes;
        this.splitter = new NalSplitter(limitBytes, this);
    }

    @Override
    public void begin(PesTime pesTime) {
        marks.begin(splitter.position(), pesTime);
    }

    @Override
    public void data(byte[] array, int offset, int length) {
        splitter.data(array, offset, length);
    }

    @Override
    public void damaged() {
        int open = splitter.openHeader();
        boolean incomplete = begun || open >= 0;
        boolean known = !slice.isEmpty() || (open >= 0 && NalType.isSlice(NalType.of(open)));
        boolean mayBeReferred = !known || reference || (open >= 0 && isReference(open));
        splitter.drop();
        lose(incomplete, mayBeReferred);
    }

    @Override
    public void onTooLong() {
        faults.count(TsFault.ACCESS_UNIT_TOO_LARGE);
        lose(false, true);
    }

    @Override
    public void flush(boolean complete) {
        if (complete) {
            splitter.flush();
            finish();
        } else {
            splitter.drop();
            clear();
        }
        orphaned = true;
        track.flush();
    }

    @Override
    public long accessUnits() {
        return track.accessUnits();
    }

    @Override
    public void onNal(byte[] array, int length, long position) {
        int type = NalType.of(array[0]);
        boolean first = isFirstOfPicture(type, array, length);
        if (first && (begun || orphaned)) {
            finish();
            orphaned = false;
        }
        if (orphaned) {
            return;
        }
        if (!begun) {
            begun = true;
            time = marks.take(position);
        }
        add(type, array, length);
        if (units.length() > limitBytes) {
            onTooLong();
        }
    }

    /** Whether a NAL unit of this type begins an access unit, given what came before (§7.4.1.2.3, §7.4.1.2.4). */
    private boolean isFirstOfPicture(int type, byte[] array, int length) {
        if (type == NalType.SLICE || type == NalType.IDR_SLICE || type == DATA_PARTITION_A) {
            boolean decides = orphaned || !slice.isEmpty();
            // The first macroblock begins a picture: arbitrary slice order is for profiles that nobody broadcasts.
            return decides && SliceHeader.firstMacroblock(head(array, length)).equals(Optional.of(0L));
        }
        boolean precedesPicture = (type >= NalType.SEI && type <= NalType.ACCESS_UNIT_DELIMITER)
                || (type >= PREFIX && type <= RESERVED_18);
        return precedesPicture && (orphaned || !slice.isEmpty());
    }

    private void add(int type, byte[] array, int length) {
        switch (type) {
            case NalType.ACCESS_UNIT_DELIMITER, FILLER_DATA -> {}
            case NalType.SPS -> keep(sps, array, length);
            case NalType.PPS -> keep(pps, array, length);
            default -> {
                if (NalType.isSlice(type)) {
                    slice = slice.isEmpty() ? head(array, length) : slice;
                    idr |= type == NalType.IDR_SLICE;
                    reference |= isReference(array[0]);
                }
                units.u32(length).bytes(array, 0, length);
            }
        }
    }

    private static void keep(List<Bytes> sets, byte[] array, int length) {
        if (sets.size() < MAX_PARAMETER_SETS) {
            byte[] copy = new byte[length];
            System.arraycopy(array, 0, copy, 0, length);
            sets.add(Bytes.wrap(copy));
        }
    }

    private static Bytes head(byte[] array, int length) {
        byte[] copy = new byte[Math.min(length, SLICE_HEAD_BYTES)];
        System.arraycopy(array, 0, copy, 0, copy.length);
        return Bytes.wrap(copy);
    }

    /** nal_ref_idc isn't 0. */
    private static boolean isReference(int header) {
        return (header & 0x60) != 0;
    }

    /** The access unit is complete; without a slice there is nothing to show. */
    private void finish() {
        if (!slice.isEmpty()) {
            track.picture(new AvcPicture(time, units.bytes(), slice, idr, reference, sps, pps));
        } else if (begun) {
            track.parameterSets(sps, pps);
        }
        clear();
    }

    private void lose(boolean incomplete, boolean mayBeReferred) {
        if (incomplete) {
            faults.count(TsFault.DAMAGED_ACCESS_UNIT);
        }
        clear();
        orphaned = true;
        track.lost(mayBeReferred);
    }

    private void clear() {
        begun = false;
        slice = Bytes.EMPTY;
        idr = false;
        reference = false;
        sps.clear();
        pps.clear();
        units.reset();
    }
}
