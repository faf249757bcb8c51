package lancaster.departure;

import lancaster.media.Timebase;
import lancaster.mpegts.TsStreamMuxer;
import org.jspecify.annotations.Nullable;

/**
 * Fills datagrams: tables every 100 ms and before each random access point, the clock every 20 to 40 ms, then units,
 * and null packets where the size is to be constant.
 */
final class DatagramWriter {
    private static final int PLACES = TsDepartures.DATAGRAM_PACKETS;
    private static final int SIZE = TsStreamMuxer.PACKET_BYTES;
    /** TS 101 154 asks for both tables every 100 ms, and the next chance may be a clock interval away. */
    private static final long TABLES_NS = 65_000_000;
    /** From here on the clock goes with what leaves. */
    private static final long CLOCK_NS = 10_000_000;
    /** From here on it leaves alone: 40 ms is good practice (§2.7.2 allows 100), and loops may be late. */
    private static final long CLOCK_ALONE_NS = 30_000_000;
    /** Units that leave later than this after their time would not reach decoders in theirs. */
    private static final long LATEST_NS = 400_000_000;

    private final TsStreamMuxer mux;
    private final WaitingUnits units;
    private final DepartureCounts counts;
    /** Video that waited was too late, all of it. */
    private final Runnable onVideoCut;

    private final boolean pads;
    /**
     * At a constant rate the place of a packet is a time, but those of a datagram arrive together: the clock always
     * leads.
     */
    private final boolean clockLeads;
    /** Stream time from a packet of a datagram to the next, 0: they leave together. */
    private final long packetNs;

    private boolean begun;
    private long tablesNs;
    private long clockNs;
    private boolean clockJumped;
    private boolean programChanged;

    /** Of the datagram that is written. */
    private byte[] target = {};

    private int start;
    private int places;
    private long nowNs;
    private long timeNs;
    private boolean clockDue;
    /** Tables stand in this datagram, or at the very end of the one before. */
    private boolean hasTables;

    private boolean tablesAreLast;
    private boolean full;

    DatagramWriter(
            TsStreamMuxer mux,
            WaitingUnits units,
            DepartureCounts counts,
            Runnable onVideoCut,
            DepartureSettings settings) {
        this.mux = mux;
        this.units = units;
        this.counts = counts;
        this.onVideoCut = onVideoCut;
        this.pads = settings.constantSize() || settings.isConstantRate();
        this.clockLeads = settings.isConstantRate();
        this.packetNs = settings.isConstantRate() ? ConstantRate.packetNs(settings.rateBits()) : 0;
    }

    /** When a datagram has to leave for the clock's sake. */
    long clockAloneNs() {
        return begun ? clockNs + CLOCK_ALONE_NS : TsDepartures.NEVER;
    }

    /** Stream time isn't what it was. */
    void onClockJump() {
        clockJumped |= begun;
    }

    /** Tables say something else from here on. */
    void onProgram() {
        programChanged = true;
    }

    /** Writes the datagram that leaves at {@code nowNs}, at stream time {@code timeNs}; how many packets it has. */
    int fill(byte[] array, int offset, long departureNs, long streamNs) {
        target = array;
        start = offset;
        places = 0;
        nowNs = departureNs;
        timeNs = streamNs;
        clockDue = !begun || clockJumped || nowNs - clockNs >= CLOCK_NS;
        hasTables = tablesAreLast;
        full = false;
        if (clockDue && clockLeads && begun) {
            writeClock();
        }
        if (!begun || programChanged || nowNs - tablesNs >= TABLES_NS) {
            writeTables();
        }
        if (clockJumped || !begun) {
            writeClock();
        }
        while (places < PLACES && !full) {
            full = !writeNext();
        }
        if (clockDue && places < PLACES) {
            writeClock();
        }
        begun = true;
        return places;
    }

    /** Whether there was something to write and place for it. */
    private boolean writeNext() {
        Waiting next = nextInTime();
        if (next == null) {
            pad(pads);
            return false;
        }
        boolean isClocks = next.unit.trackId() == mux.clockTrack();
        if (clockDue && !isClocks && places == PLACES - 1) {
            return false;
        }
        if (!next.begun && next.unit.isVideo() && next.unit.randomAccess() && !hasTables) {
            boolean fits = places + TsStreamMuxer.TABLE_PACKETS <= PLACES;
            if (fits) {
                writeTables();
            } else {
                pad(true);
            }
            return fits;
        }
        write(next, clockDue && isClocks);
        return true;
    }

    private void write(Waiting next, boolean tellsClock) {
        if (!next.begun) {
            mux.begin(next.unit);
            next.begun = true;
            counts.accessUnits++;
        }
        mux.write(next.unit, tellsClock ? packetTimeNs() : TsStreamMuxer.NO_CLOCK, target, place());
        units.left(next, mux.packetsLeft(next.unit));
        if (tellsClock) {
            onClock();
        }
    }

    /** What comes too late for decoders stays behind; video then goes on at a random access point. */
    private @Nullable Waiting nextInTime() {
        Waiting next = units.next(nowNs);
        while (next != null && !next.begun && isTooLate(next)) {
            units.drop(next);
            counts.droppedAccessUnits++;
            if (next.unit.isVideo()) {
                counts.cuts++;
                counts.droppedAccessUnits += units.dropVideo();
                if (!units.hasVideo()) {
                    onVideoCut.run();
                }
            }
            next = units.next(nowNs);
        }
        return next;
    }

    private boolean isTooLate(Waiting next) {
        long throughNs = timeNs + next.packetsLeft * packetNs;
        return throughNs - Timebase.toNs(next.unit.dts90k()) > LATEST_NS;
    }

    private void writeTables() {
        int at = place();
        place();
        mux.writeTables(target, at);
        tablesNs = nowNs;
        programChanged = false;
        hasTables = true;
        tablesAreLast = true;
    }

    private void writeClock() {
        if (clockJumped) {
            mux.onClockJump();
        }
        long packetTimeNs = packetTimeNs();
        mux.writeClock(packetTimeNs, target, place());
        onClock();
    }

    private void onClock() {
        clockNs = nowNs;
        clockDue = false;
        clockJumped = false;
    }

    private void pad(boolean wanted) {
        // The last place may be the clock's.
        int end = PLACES - (clockDue ? 1 : 0);
        while (wanted && places < end) {
            TsStreamMuxer.writeNull(target, place());
            counts.nullPackets++;
        }
    }

    private long packetTimeNs() {
        return timeNs + places * packetNs;
    }

    /** Where the next packet is written. */
    private int place() {
        tablesAreLast = false;
        return start + places++ * SIZE;
    }
}
