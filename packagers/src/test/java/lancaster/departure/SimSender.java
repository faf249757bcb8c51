package lancaster.departure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.mpegts.TsStreamMuxer;
import lancaster.multicast.Paced;
import lancaster.multicast.Pacer;

/** Departures, their pacer and a receiver in virtual time, with a network in front that may delay what comes. */
final class SimSender implements Paced {
    private static final long OFFSET_90K = 126_000;

    final SimRunLoop loop = new SimRunLoop();
    final Pacer pacer = new Pacer(loop);
    final TsDepartures departures;
    final Reception reception = new Reception();
    private final List<byte[]> written = new ArrayList<>();
    private final byte[] datagram = new byte[TsDepartures.DATAGRAM_BYTES];
    private boolean keeps;
    private long maxWaitingPackets;
    /** How late the loop itself is at a moment. */
    private LongUnaryOperator latenessNs = plannedNs -> 0;

    SimSender(DepartureSettings settings) {
        departures = new TsDepartures(settings);
        pacer.add(this);
    }

    static Mark mark(Mark.Kind kind) {
        TimelineRecord record = new TimelineRecord(
                Bytes.wrap(new byte[16]), 0, 4 * Timebase.HZ, Timebase.HZ, List.of("ts"), true, TimelineRecord.LAYOUT);
        return new Mark(record, kind, 7, 0, 1, 0, List.of(), List.of());
    }

    SimSender keepingBytes() {
        keeps = true;
        return this;
    }

    SimSender withLateness(LongUnaryOperator lateness) {
        latenessNs = lateness;
        return this;
    }

    void onEvent(MediaEvent event) {
        onEvent(event, loop.nowNs());
        pacer.replan(this);
    }

    private void onEvent(MediaEvent event, long sentNs) {
        if (event instanceof AccessUnit unit) {
            int pid = unit.trackId() < 0x100 ? Reception.VIDEO_PID : Reception.AUDIO_PID;
            reception.sent(pid, unit.dts90k() + OFFSET_90K, sentNs);
        }
        departures.onEvent(event, loop.nowNs());
        maxWaitingPackets = Math.max(maxWaitingPackets, departures.stats().waitingPackets());
    }

    /** Sends what an encoder makes in {@code seconds}, each unit when {@code arrivalNs} of its decoding time says. */
    SimSender run(SimEncoder encoder, double seconds, LongUnaryOperator arrivalNs) {
        return run(encoder, seconds, 0, arrivalNs);
    }

    /** The same with all times so much later on the timeline. */
    SimSender run(SimEncoder encoder, double seconds, long shift90k, LongUnaryOperator arrivalNs) {
        encoder.tracks().forEach(this::onEvent);
        while (true) {
            AccessUnit unit = encoder.next();
            long dtsNs = Timebase.toNs(unit.dts90k());
            if (dtsNs > seconds * 1e9) {
                return this;
            }
            loop.advanceNs(Math.max(0, arrivalNs.applyAsLong(dtsNs) - loop.nowNs()));
            onEvent(unit.withDts90k(unit.dts90k() + shift90k));
        }
    }

    /** Sends what an encoder makes in {@code seconds}, by a loop that looks for units {@code pauseNs} after it had some. */
    void runGathered(SimEncoder encoder, double seconds, long pauseNs) {
        encoder.tracks().forEach(this::onEvent);
        AccessUnit unit = encoder.next();
        while (Timebase.toNs(unit.dts90k()) <= seconds * 1e9) {
            loop.advanceNs(Math.max(0, Timebase.toNs(unit.dts90k()) - loop.nowNs()));
            while (Timebase.toNs(unit.dts90k()) <= loop.nowNs()) {
                onEvent(unit, Timebase.toNs(unit.dts90k()));
                unit = encoder.next();
            }
            pacer.replan(this);
            loop.advanceNs(pauseNs);
        }
    }

    @Override
    public long departureNs() {
        long planned = departures.nextDepartureNs();
        return planned == NEVER ? NEVER : planned + latenessNs.applyAsLong(planned);
    }

    @Override
    public void depart(long plannedNs, long nowNs) {
        for (int length = fill(nowNs); length > 0; length = fill(nowNs)) {
            reception.onDatagram(nowNs, datagram, 0, length);
            if (keeps) {
                written.add(java.util.Arrays.copyOf(datagram, length));
            }
        }
    }

    private int fill(long nowNs) {
        return departures.fill(datagram, 0, nowNs);
    }

    List<byte[]> written() {
        return written;
    }

    double mostWaitingKilobytes() {
        return maxWaitingPackets * TsStreamMuxer.PACKET_BYTES / 1e3;
    }
}
