package lancaster.departure;

import lancaster.mpegts.TsStreamMuxer;

/** Datagrams in equal distances on the stream's own clock, so that the number of packets tells the time exactly. */
final class ConstantRate implements Rhythm {
    private static final long DATAGRAM_BITS_NS =
            (long) TsDepartures.DATAGRAM_PACKETS * TsStreamMuxer.PACKET_BYTES * 8 * 1_000_000_000;
    /** A loop that was later than this leaves departures out instead of making up for them. */
    private static final long LATE_NS = 50_000_000;

    private final long rateBits;
    private final DepartureClock clock;
    private long slotNs;
    private long remainder;
    private boolean running;
    private long turnNs = Long.MIN_VALUE;
    private int turnDatagrams;

    ConstantRate(long rateBits, DepartureClock clock) {
        this.rateBits = rateBits;
        this.clock = clock;
    }

    /** The time that a packet takes. */
    static long packetNs(long rateBits) {
        return DATAGRAM_BITS_NS / TsDepartures.DATAGRAM_PACKETS / rateBits;
    }

    /** Exactly where the rate wants it; very high rates leave some at a time. */
    @Override
    public long momentNs(long wantedNs, long nowNs, long lastDepartureNs) {
        return Math.max(wantedNs, lastDepartureNs + GRID_NS);
    }

    @Override
    public void onClock(long nowNs) {
        slotNs = clock.timeNs(nowNs);
        remainder = 0;
        running = true;
    }

    @Override
    public long nextNs(long nowNs) {
        return running ? clock.momentNs(slotNs, nowNs) : Long.MAX_VALUE;
    }

    @Override
    public boolean mayGo(long nowNs) {
        if (turnNs != nowNs) {
            turnNs = nowNs;
            turnDatagrams = 0;
        }
        if (!running || turnDatagrams == MOST_AT_ONCE) {
            return false;
        }
        long lateNs = clock.timeNs(nowNs) - slotNs;
        if (lateNs > LATE_NS) {
            onClock(nowNs);
        }
        return lateNs >= 0;
    }

    @Override
    public long timeNs(long nowNs) {
        return slotNs;
    }

    @Override
    public void gone(int unitPackets, long nowNs) {
        turnDatagrams++;
        slotNs += DATAGRAM_BITS_NS / rateBits;
        remainder += DATAGRAM_BITS_NS % rateBits;
        if (remainder >= rateBits) {
            remainder -= rateBits;
            slotNs++;
        }
    }
}
