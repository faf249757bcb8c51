package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.Track;
import lancaster.media.TrackRemoved;
import lancaster.mpegts.TsStreamMuxer;
import org.junit.jupiter.api.Test;

class TsDeparturesTest {
    private static final long START_NS = 1_000_000_000;

    private static SimSender minute(DepartureSettings settings) {
        return new SimSender(settings).run(encoder(), 60, dtsNs -> START_NS + dtsNs);
    }

    @Test
    void spreadsEachFrameOverItsDuration() {
        SimSender sender = minute(DepartureSettings.DEFAULT);
        Reception reception = sender.reception;
        assertTrue(reception.longestRun() <= 7, reception::toString);
        assertTrue(reception.mostBytesWithinOneMs() <= 10_000, reception::toString);
        assertTrue(reception.mostBytesWithinTenMs() <= 24_000, reception::toString);
        assertTrue(reception.delayMs(0.5) <= 5 && reception.delayMs(0.95) <= 10, reception::toString);
        assertTrue(reception.leastLeadMs() > 400, reception::toString);
        assertTrue(sender.mostWaitingKilobytes() <= 100, sender.departures.stats()::toString);
    }

    @Test
    void spreadsPeaksFurtherWhereWanted() {
        SimSender sender = minute(new DepartureSettings(Duration.ofMillis(100), 0, false));
        Reception reception = sender.reception;
        assertTrue(reception.mostBytesWithinOneMs() <= 4_000, reception::toString);
        assertTrue(reception.mostBytesWithinTenMs() <= 10_000, reception::toString);
        assertTrue(reception.delayMs(0.95) <= 100, reception::toString);
        assertTrue(reception.leastLeadMs() > 300, reception::toString);
    }

    @Test
    void keepsAConstantRateWithNullPackets() {
        SimSender sender = minute(new DepartureSettings(Duration.ZERO, 5_000_000, false));
        Reception reception = sender.reception;
        assertEquals(1, reception.longestRun());
        assertEquals(reception.datagrams() * 1316, reception.bytes());
        assertEquals(5e6, reception.bytes() * 8 / 60.0, 5_000);
        assertTrue(reception.nulls() > reception.packets() / 4, reception::toString);
        assertTrue(reception.longestWithoutClockMs() <= 40, reception::toString);
    }

    /** Feeds {@code seconds} of an encoder's stream as it comes. */
    private static SimSender stream(DepartureSettings settings, double seconds) {
        return new SimSender(settings).keepingBytes().run(encoder(), seconds, dtsNs -> START_NS + dtsNs);
    }

    private static SimEncoder encoder() {
        return new SimEncoder(1, true, true, 60);
    }

    private static List<Integer> pids(byte[] datagram) {
        List<Integer> pids = new ArrayList<>();
        for (int at = 0; at < datagram.length; at += TsStreamMuxer.PACKET_BYTES) {
            pids.add((datagram[at + 1] & 0x1F) << 8 | (datagram[at + 2] & 0xFF));
        }
        return pids;
    }

    @Test
    void beginsWithTablesClockAndUnits() {
        List<Integer> pids =
                pids(stream(DepartureSettings.DEFAULT, 0.1).written().get(0));
        assertEquals(List.of(0, 0x1000, 0x100), pids.subList(0, 3));
        assertTrue(pids.subList(3, 7).contains(0x100), pids::toString);
    }

    @Test
    void sendsNothingBeforeARandomAccessPointAndNothingWithoutTracks() {
        SimSender sender = new SimSender(DepartureSettings.DEFAULT);
        SimEncoder encoder = encoder();
        sender.onEvent(encoder.next());
        encoder.tracks().forEach(sender::onEvent);
        for (int i = 0; i < 100; i++) {
            sender.onEvent(encoder.next());
        }
        sender.loop.advanceMs(100);
        assertEquals(0, sender.reception.datagrams());
        assertEquals(0, sender.loop.pendingTimers());
        assertEquals(100, sender.departures.stats().droppedAccessUnits());
        sender.run(encoder, 10, dtsNs -> START_NS + dtsNs);
        assertTrue(sender.reception.datagrams() > 1_000);
    }

    @Test
    void sendsWhatDoesNotFillADatagramAsItIsOrFilledUpForParity() {
        for (boolean constantSize : new boolean[] {false, true}) {
            SimSender sender = new SimSender(new DepartureSettings(Duration.ZERO, 0, constantSize)).keepingBytes();
            sender.run(new SimEncoder(1, false, true, 1), 10, dtsNs -> START_NS + dtsNs);
            boolean allFull =
                    sender.written().stream().allMatch(datagram -> datagram.length == TsDepartures.DATAGRAM_BYTES);
            assertEquals(constantSize, allFull);
            assertEquals(constantSize, sender.reception.nulls() > 0);
        }
    }

    @Test
    void marksTheDatagramAtWhichTheClockJumps() {
        TsDepartures departures = new TsDepartures(DepartureSettings.DEFAULT);
        SimEncoder encoder = new SimEncoder(1, true, false, 1);
        encoder.tracks().forEach(event -> departures.onEvent(event, 0));
        List<Long> marked = new ArrayList<>();
        byte[] room = new byte[TsDepartures.DATAGRAM_BYTES];
        long last90k = Long.MIN_VALUE;
        for (long frame = 0; frame < 40; frame++) {
            long nowNs = START_NS + frame * 100_000_000 / 3 + (frame < 20 ? 0 : 500_000_000);
            departures.onEvent(encoder.next(), nowNs);
            for (long n = nowNs; n < nowNs + 33_000_000; n += 1_000_000) {
                while (departures.nextDepartureNs() <= n && departures.fill(room, 0, n) > 0) {
                    if (departures.marker()) {
                        marked.add(frame);
                    } else {
                        assertTrue(departures.departure90k() >= last90k, "time for RTP runs forward");
                    }
                    last90k = departures.departure90k();
                }
            }
        }
        assertEquals(List.of(20L), marked);
        assertEquals(1, departures.stats().lateSteps());
    }

    @Test
    void numbersTheProgramAnewWhereTracksChange() {
        SimSender sender = stream(DepartureSettings.DEFAULT, 5);
        assertEquals(0, sender.reception.programVersion());
        sender.onEvent(new TrackRemoved(Track.AUDIO));
        sender.loop.advanceMs(50);
        assertEquals(0, sender.reception.programVersion(), "what is removed is so from the next mark on");
        sender.onEvent(SimSender.mark(Mark.Kind.DISCONTINUITY));
        sender.loop.advanceMs(50);
        assertEquals(1, sender.reception.programVersion());
    }

    @Test
    void countsWhatIsMalformed() {
        SimSender sender = stream(DepartureSettings.DEFAULT, 1);
        AccessUnit broken = new AccessUnit(Track.VIDEO, 95_000, 0, false, Bytes.of(0, 0, 0, 9, 0x41));
        sender.departures.onEvent(broken, sender.loop.nowNs());
        assertEquals(1, sender.departures.stats().malformed());
    }

    @Test
    void endsBehindTheLastUnit() {
        SimSender sender = stream(DepartureSettings.DEFAULT, 1);
        sender.onEvent(SimSender.mark(Mark.Kind.END));
        sender.loop.advanceMs(500);
        assertEquals(31, sender.reception.units(Reception.VIDEO_PID));
        assertEquals(0, sender.departures.stats().waitingPackets());
        assertEquals(0, sender.loop.pendingTimers());
    }

    @Test
    void knowsWhichSettingsAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new DepartureSettings(Duration.ofMillis(201), 0, false));
        assertThrows(IllegalArgumentException.class, () -> new DepartureSettings(Duration.ZERO, 99_999, false));
    }
}
