package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TsDeparturesTest {
    private static final long START_NS = 1_000_000_000;

    private static SimSender minute(DepartureSettings settings) {
        SimSender sender = new SimSender(settings);
        return sender.run(new SimEncoder(1, true, true, 60), 60, dtsNs -> START_NS + dtsNs);
    }

    @Test
    void spreadsEachFrameOverItsDuration() {
        SimSender sender = minute(DepartureSettings.DEFAULT);
        Reception reception = sender.reception;
        assertTrue(reception.longestRun() <= 2, reception::toString);
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
}
