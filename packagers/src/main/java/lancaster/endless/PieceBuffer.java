package lancaster.endless;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Timebase;
import lancaster.media.Track;

/** The piece that is being made, and the tracks that it is of. */
final class PieceBuffer {
    /** Where there is sound alone readers may begin anywhere; so often they are offered to. */
    private static final long SOUND_STARTS_90K = Timebase.HZ;

    /** A piece larger than this is handed over, so that readers need not wait for the end of a burst. */
    private static final int FULL_BYTES = 256 << 10;

    final ByteWriter bytes = new ByteWriter(16 << 10);
    final Map<Integer, Track> tracks = new TreeMap<>();
    private final Consumer<Piece> out;
    private boolean start;
    private Bytes prologue = Bytes.EMPTY;
    private long dts90k;
    private boolean begun;
    private long start90k;

    PieceBuffer(Consumer<Piece> out) {
        this.out = out;
    }

    /** Whether readers may begin with this unit: at a picture that stands alone, or at sound where no pictures are. */
    boolean isStart(AccessUnit unit) {
        if (unit.trackId() < Track.AUDIO) {
            return unit.randomAccess();
        }
        boolean pictures = tracks.keySet().stream().anyMatch(id -> id < Track.AUDIO);
        return !pictures && (!begun || unit.dts90k() - start90k >= SOUND_STARTS_90K);
    }

    /** A piece begins with what comes next. */
    void begin(Bytes itsPrologue, long itsDts90k) {
        flush();
        start = true;
        begun = true;
        start90k = itsDts90k;
        prologue = itsPrologue;
        dts90k = itsDts90k;
    }

    void flushIfFull() {
        if (bytes.length() >= FULL_BYTES) {
            flush();
        }
    }

    void flush() {
        if (bytes.length() > 0) {
            out.accept(new Piece(bytes.bytes(), start, prologue, dts90k));
            bytes.reset();
        }
        start = false;
        prologue = Bytes.EMPTY;
    }

    void at(long unitDts90k) {
        if (bytes.length() == 0) {
            dts90k = unitDts90k;
        }
    }
}
