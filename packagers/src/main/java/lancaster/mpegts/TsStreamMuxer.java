package lancaster.mpegts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Track;

/**
 * A transport stream without end, a packet at a time: what goes into the next packet, and when tables and clock
 * references are due, whoever sends it decides. Counters run on through every change of tracks.
 */
public final class TsStreamMuxer {
    public static final int PACKET_BYTES = TsPacket.SIZE;
    /** PAT and PMT, a packet each. */
    public static final int TABLE_PACKETS = 2;
    /** This packet carries no clock reference. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    private static final int NULL_PID = 0x1FFF;

    private final TsClock clock = TsClock.STREAMS;
    private final TsPid patPid = new TsPid(Psi.PAT_PID);
    private final TsPid pmtPid = new TsPid(Psi.PMT_PID);
    private final Bytes pat = Psi.pat();
    /** By track id; a track that was removed keeps its counter, should it come back. */
    private final Map<Integer, PesCutter> cutters = new TreeMap<>();
    /** Of the tracks there are now. */
    private final Map<Integer, PesPacket> sources = new TreeMap<>();

    private Bytes pmt = Bytes.EMPTY;
    private List<Psi.Stream> program = List.of();
    private int clockTrack;
    private long version = -1;
    private boolean clockJumped;

    /**
     * These are the tracks from here on; the first carries the clock. Refuses codecs that have no place here.
     *
     * @return whether tables say something else than before
     */
    public boolean configure(List<Track> tracks) {
        List<Track> sorted = new ArrayList<>(tracks);
        sorted.sort(Comparator.comparingInt(Track::id));
        sources.clear();
        List<Psi.Stream> streams = new ArrayList<>();
        for (Track track : sorted) {
            PesPacket source = PesPacket.of(track, clock);
            sources.put(track.id(), source);
            TsPid pid = cutters.computeIfAbsent(track.id(), id -> new PesCutter(TsPid.of(track), source))
                    .pid();
            streams.add(new Psi.Stream(source.streamType(), pid.pid()));
        }
        if (streams.isEmpty() || streams.equals(program)) {
            return false;
        }
        version++;
        program = streams;
        clockTrack = sorted.get(0).id();
        pmt = Psi.pmt(version, streams.get(0).pid(), streams);
        return true;
    }

    /** Whether there is anything to send: a program with a track at least. */
    public boolean isConfigured() {
        return !sources.isEmpty();
    }

    /** The track whose packets carry the clock. */
    public int clockTrack() {
        return clockTrack;
    }

    /** What {@code unit} becomes; nothing where it has no content or no track. Refuses a malformed one. */
    public Optional<TsUnit> unit(AccessUnit unit) {
        PesPacket source = sources.get(unit.trackId());
        PesCutter cutter = cutters.get(unit.trackId());
        int bytes = source == null || cutter == null ? 0 : source.size(unit);
        return source == null || cutter == null || bytes == 0
                ? Optional.empty()
                : Optional.of(new TsUnit(unit, source, cutter, bytes));
    }

    /** The next packets of its track are those of {@code unit}; the one before must be through. */
    public void begin(TsUnit unit) {
        unit.begin();
    }

    /** How many packets of a unit that has begun are still to be written. */
    public int packetsLeft(TsUnit unit) {
        return unit.cutter().packetsLeft();
    }

    /**
     * Writes the next packet of a unit that has begun.
     *
     * @param timeNs when it leaves, on the timeline, if it is to carry the clock; else {@link #NO_CLOCK}
     */
    public void write(TsUnit unit, long timeNs, byte[] target, int at) {
        boolean tells = timeNs != NO_CLOCK;
        unit.cutter().write(target, at, tells && clockJumped, tells ? clock.pcr27mAtNs(timeNs) : Adaptation.NO_PCR);
        clockJumped &= !tells;
    }

    /** Writes a packet that carries the clock alone. */
    public void writeClock(long timeNs, byte[] target, int at) {
        PesCutter cutter = cutters.get(clockTrack);
        if (cutter == null) {
            throw new IllegalStateException("no track carries the clock");
        }
        cutter.writeClock(target, at, clockJumped, clock.pcr27mAtNs(timeNs));
        clockJumped = false;
    }

    /** Writes PAT and PMT, {@link #TABLE_PACKETS} packets. */
    public void writeTables(byte[] target, int at) {
        writeTable(patPid, pat, target, at);
        writeTable(pmtPid, pmt, target, at + PACKET_BYTES);
    }

    /** Writes a packet that says nothing (§2.4.1). */
    public static void writeNull(byte[] target, int at) {
        TsPacket.write(target, at, NULL_PID, false, 0, Adaptation.NONE, TsPacket.MAX_PAYLOAD);
        java.util.Arrays.fill(target, at + TsPacket.HEADER_SIZE, at + PACKET_BYTES, (byte) 0xFF);
    }

    /** The clock that packets carry from here on isn't that of those before: the next one says so (§2.4.3.5). */
    public void onClockJump() {
        clockJumped = true;
    }

    private static void writeTable(TsPid pid, Bytes table, byte[] target, int at) {
        int from = TsPacket.write(target, at, pid.pid(), true, pid.count(), Adaptation.NONE, table.length());
        table.copyTo(0, target, from, table.length());
    }
}
