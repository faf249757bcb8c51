package lancaster.endless;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TrackConfigured;
import lancaster.media.TrackRemoved;
import lancaster.mpegts.TsStreamMuxer;
import lancaster.mpegts.TsUnit;

/**
 * MPEG-TS without end: tables before each place where readers may begin and every 100 ms, the clock with each access unit
 * of the first track, always as far ahead of its decoding. Readers take it as fast as it comes.
 */
final class TsEndless implements EndlessMuxer {
    private static final long TABLES_90K = Timebase.HZ / 10;

    private final PieceBuffer piece;
    private final TsStreamMuxer mux = new TsStreamMuxer();
    private final byte[] packets = new byte[TsStreamMuxer.TABLE_PACKETS * TsStreamMuxer.PACKET_BYTES];
    private boolean configured;
    private long nextTables90k = Long.MIN_VALUE;
    private long unitsRefused;

    TsEndless(Consumer<Piece> out) {
        piece = new PieceBuffer(out);
    }

    @Override
    public void onEvent(MediaEvent event) {
        if (event instanceof AccessUnit unit) {
            onAccessUnit(unit);
        } else if (event instanceof TrackConfigured change) {
            piece.tracks.put(change.track().id(), change.track());
            configured = false;
        } else if (event instanceof TrackRemoved removed) {
            piece.tracks.remove(removed.trackId());
            configured = false;
        } else if (event instanceof Mark mark && mark.isDiscontinuity()) {
            mux.onClockJump();
        }
    }

    @Override
    public void flush() {
        piece.flush();
    }

    @Override
    public long unitsRefused() {
        return unitsRefused;
    }

    private void onAccessUnit(AccessUnit unit) {
        try {
            configure();
            Optional<TsUnit> waiting = mux.unit(unit);
            if (waiting.isPresent()) {
                write(unit, waiting.get());
                return;
            }
        } catch (ProtocolException e) {
            // Counted below.
        }
        unitsRefused++;
    }

    private void configure() {
        if (!configured) {
            mux.configure(List.copyOf(piece.tracks.values()));
            configured = true;
            nextTables90k = Long.MIN_VALUE;
        }
    }

    private void write(AccessUnit unit, TsUnit waiting) {
        boolean start = piece.isStart(unit);
        if (start) {
            piece.begin(Bytes.EMPTY, unit.dts90k());
        }
        piece.at(unit.dts90k());
        if (start || unit.dts90k() >= nextTables90k) {
            mux.writeTables(packets, 0);
            piece.bytes.bytes(packets, 0, packets.length);
            nextTables90k = unit.dts90k() + TABLES_90K;
        }
        mux.begin(waiting);
        long timeNs = unit.trackId() == mux.clockTrack() ? Timebase.toNs(unit.dts90k()) : TsStreamMuxer.NO_CLOCK;
        while (mux.packetsLeft(waiting) > 0) {
            mux.write(waiting, timeNs, packets, 0);
            piece.bytes.bytes(packets, 0, TsStreamMuxer.PACKET_BYTES);
            timeNs = TsStreamMuxer.NO_CLOCK;
        }
        piece.flushIfFull();
    }
}
