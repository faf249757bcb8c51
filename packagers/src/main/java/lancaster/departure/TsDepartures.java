package lancaster.departure;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.ProtocolException;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.mpegts.TsStreamMuxer;
import lancaster.mpegts.TsUnit;

/**
 * A live stream as datagrams of a transport stream, each ready at its moment: events go in as they arrive, and whoever
 * sends asks when the next datagram is due and fills it then. It begins at a random access point; nothing that piled up
 * is ever dumped. Owner: the loop that sends.
 */
public final class TsDepartures {
    /** TS packets of a datagram: what an Ethernet frame holds (RFC 2250 §2). */
    public static final int DATAGRAM_PACKETS = 7;

    public static final int DATAGRAM_BYTES = DATAGRAM_PACKETS * TsStreamMuxer.PACKET_BYTES;
    /** Nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A unit that comes later than this moves the clock. */
    private static final long LATE_NS = 200_000_000;
    /** A unit that comes earlier than this has no place to wait. */
    private static final long EARLIEST_NS = 1_000_000_000;
    /** What may wait: half a second of 60 Mbit/s. */
    private static final long LIMIT_BYTES = 4 << 20;
    /** A stream that is silent for so long is not kept up by clock and tables any more. */
    private static final long SILENCE_NS = 10_000_000_000L;

    /** A loop that was later than this delays the plan: what was missed isn't made up for by a burst. */
    private static final long LOOP_LATE_NS = 2_000_000;

    private enum State {
        /** For a random access point to begin with. */
        WAITING,
        /** Without video, up to the next random access point. */
        WAITING_FOR_VIDEO,
        RUNNING
    }

    private final TsStreamMuxer mux = new TsStreamMuxer();
    private final DepartureClock clock = new DepartureClock();
    private final DepartureCounts counts = new DepartureCounts();
    private final WaitingUnits units;
    private final DatagramWriter writer;
    private final Rhythm rhythm;
    /** As the events have it; the muxer knows them from the next mark on. */
    private final Map<Integer, Track> tracks = new TreeMap<>();

    private boolean tracksChanged;
    private boolean hasVideo;
    private State state = State.WAITING;
    /** Another publisher's clock: the next unit sets ours. */
    private boolean newPublisher;

    private boolean ended;
    private boolean clockJumped;
    private long heardNs;
    private boolean silent = true;
    private long lastNs = Long.MIN_VALUE;
    private long nextNs = NEVER;
    /** When something came that may change {@link #nextNs}; it is found out when asked for. */
    private long planNs = NEVER;

    private long departure90k;
    private boolean marker;

    public TsDepartures(DepartureSettings settings) {
        units = new WaitingUnits(settings.smooth().toNanos());
        writer = new DatagramWriter(mux, units, counts, this::onVideoCut, settings);
        rhythm = settings.isConstantRate()
                ? new ConstantRate(settings.rateBits(), clock)
                : new DeparturePlan(units, clock, settings.smooth().isZero());
    }

    /** Takes an event of the stream that comes now; {@link #nextDepartureNs} may be another then. */
    public void onEvent(MediaEvent event, long nowNs) {
        if (event instanceof AccessUnit unit) {
            onUnit(unit, nowNs);
            // What is overdue stays so: by how much tells how late the loop is.
            planNs = nextNs > nowNs ? nowNs : planNs;
        } else if (event instanceof TrackConfigured configured) {
            tracks.put(configured.track().id(), configured.track());
            tracksChanged = true;
        } else if (event instanceof TrackRemoved removed) {
            tracks.remove(removed.trackId());
            tracksChanged = true;
        } else if (event instanceof Mark mark) {
            onMark(mark);
        }
    }

    /** When the next datagram is due, on the clock of the times that come in, or {@link #NEVER}. */
    public long nextDepartureNs() {
        if (planNs != NEVER) {
            plan(planNs);
        }
        return nextNs;
    }

    /**
     * Writes a datagram that leaves now. To be called again with the same time until none does: seven leave at once at
     * the most, and only the last of them may be shorter than {@link #DATAGRAM_BYTES}.
     *
     * @param target has room for {@link #DATAGRAM_BYTES} from {@code offset} on
     * @return its size in bytes, 0: no more leaves now
     */
    public int fill(byte[] target, int offset, long nowNs) {
        int packets = leaves(nowNs) ? write(target, offset, nowNs) : 0;
        if (packets == 0) {
            lastNs = nowNs;
            plan(nowNs);
        }
        return packets * TsStreamMuxer.PACKET_BYTES;
    }

    /** When the datagram that was filled last leaves, in 90 kHz of the stream's clock: the time for RTP. */
    public long departure90k() {
        return departure90k;
    }

    /** Whether the stream's clock has jumped between the datagram before and the one that was filled last. */
    public boolean marker() {
        return marker;
    }

    public DepartureStats stats() {
        return counts.snapshot(units, clock);
    }

    private void onMark(Mark mark) {
        if (mark.beginsSegment() && tracksChanged) {
            configure();
        }
        newPublisher |= mark.isDiscontinuity();
        ended |= !mark.beginsSegment();
    }

    private void configure() {
        tracksChanged = false;
        hasVideo = tracks.values().stream().anyMatch(Track::isVideo);
        if (mux.configure(new ArrayList<>(tracks.values()))) {
            writer.onProgram();
        }
    }

    private void onUnit(AccessUnit unit, long nowNs) {
        if (tracksChanged && !mux.isConfigured()) {
            configure();
        }
        try {
            mux.unit(unit).ifPresent(packed -> onUnit(packed, nowNs));
        } catch (ProtocolException e) {
            counts.malformed++;
        }
    }

    private void onUnit(TsUnit unit, long nowNs) {
        boolean startsDecoding = unit.randomAccess() && (unit.isVideo() || !hasVideo);
        boolean isAwaited = startsDecoding || (state == State.WAITING_FOR_VIDEO && !unit.isVideo());
        if (state != State.RUNNING && !isAwaited) {
            counts.droppedAccessUnits++;
            return;
        }
        long dtsNs = Timebase.toNs(unit.dts90k());
        long lateNs = clock.observe(nowNs, dtsNs);
        if (state == State.RUNNING && (lateNs < -EARLIEST_NS || units.bytes() + unit.bytes() > LIMIT_BYTES)) {
            counts.cuts++;
            counts.droppedAccessUnits += units.drop();
            state = State.WAITING;
            if (!startsDecoding) {
                counts.droppedAccessUnits++;
                return;
            }
        }
        setClock(lateNs, startsDecoding, nowNs, dtsNs);
        state = startsDecoding ? State.RUNNING : state;
        units.add(unit, nowNs, clock.momentNs(dtsNs, nowNs));
        heardNs = nowNs;
        silent = false;
        ended = false;
    }

    private void setClock(long lateNs, boolean startsDecoding, long nowNs, long dtsNs) {
        boolean fresh = state == State.WAITING || newPublisher;
        newPublisher = false;
        if (!clock.isRunning()) {
            clock.begin(nowNs, dtsNs);
            rhythm.onClock(nowNs);
        } else if (lateNs > (fresh ? DepartureClock.EARLY_NS : LATE_NS)) {
            counts.lateSteps++;
            if (fresh) {
                clock.begin(nowNs, dtsNs);
            } else {
                clock.setBack(nowNs, dtsNs);
            }
            onClockJump(nowNs);
        } else if (fresh && lateNs < -DepartureClock.EARLY_NS) {
            counts.earlySteps++;
            clock.begin(nowNs, dtsNs);
            units.hasten(nowNs);
            onClockJump(nowNs);
        } else if (fresh) {
            clock.watchAnew(nowNs, dtsNs);
        } else if (startsDecoding && mayStepForward(-lateNs, clock.earlyNs(nowNs))) {
            counts.earlySteps++;
            counts.droppedAccessUnits += units.drop();
            clock.setForward(nowNs);
            units.hasten(nowNs);
            onClockJump(nowNs);
        }
    }

    /** A step leaves out what waits; it is worth that if it brings this unit, which comes so early, to its time. */
    private static boolean mayStepForward(long thisNs, long allNs) {
        return allNs > 0 && thisNs - allNs <= DepartureClock.MAX_JITTER_NS;
    }

    private void onClockJump(long nowNs) {
        rhythm.onClock(nowNs);
        writer.onClockJump();
        clockJumped = counts.datagrams > 0;
    }

    private void onVideoCut() {
        state = State.WAITING_FOR_VIDEO;
    }

    private boolean leaves(long nowNs) {
        if (silent) {
            return false;
        }
        // Once a turn: what leaves for the clock's sake must not keep the turn going.
        boolean turnBegins = nowNs != lastNs;
        if (turnBegins && nowNs - nextNs > LOOP_LATE_NS) {
            units.delay(nowNs - nextNs);
        }
        lastNs = nowNs;
        return rhythm.mayGo(nowNs) || (turnBegins && nowNs >= writer.clockAloneNs());
    }

    private int write(byte[] target, int offset, long nowNs) {
        long timeNs = rhythm.timeNs(nowNs);
        int before = units.packets();
        int packets = writer.fill(target, offset, nowNs, timeNs);
        rhythm.gone(before - units.packets(), nowNs);
        departure90k = Math.floorDiv(timeNs * 9, 100_000L);
        marker = clockJumped;
        clockJumped = false;
        counts.datagrams += packets > 0 ? 1 : 0;
        counts.packets += packets;
        return packets;
    }

    private void plan(long nowNs) {
        planNs = NEVER;
        if (units.packets() == 0 && (ended || nowNs - heardNs > SILENCE_NS)) {
            silent = true;
        }
        long wantedNs = silent ? NEVER : Math.min(rhythm.nextNs(nowNs), writer.clockAloneNs());
        nextNs = wantedNs == NEVER ? NEVER : rhythm.momentNs(wantedNs, nowNs, lastNs);
    }
}
