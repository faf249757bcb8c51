package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import lancaster.rtmfp.packet.Mode;
import lancaster.rtmfp.packet.PacketHeader;
import org.junit.jupiter.api.Test;

/** Timestamps, echoes and time-outs (RFC 7016 §3.5.2.2). */
class RttEstimatorTest {
    private final RttEstimator rtt = new RttEstimator();

    private static long ms(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    private static PacketHeader header(int timestamp, int echo) {
        return new PacketHeader(Mode.RESPONDER, false, false, timestamp, echo);
    }

    private void measure(long nowMs, long rttMs) {
        rtt.received(header(PacketHeader.ABSENT, RttEstimator.timestamp(ms(nowMs - rttMs))), ms(nowMs));
    }

    @Test
    void beginsWithTheInitialTimeout() {
        assertEquals(ms(3_000), rtt.retransmissionTimeoutNs());
        assertEquals(0, rtt.smoothedNs());
    }

    @Test
    void smoothsWhatItMeasures() {
        measure(1_000, 80);
        assertEquals(ms(80), rtt.smoothedNs());
        assertEquals(ms(80 + 4 * 40 + 200), rtt.retransmissionTimeoutNs());
        measure(2_000, 160);
        assertEquals(ms(90), rtt.smoothedNs());
        // RTTVAR = (3 * 40 + 80) / 4.
        assertEquals(ms(90 + 4 * 50 + 200), rtt.retransmissionTimeoutNs());
    }

    @Test
    void neverGoesBelowTheLeastTimeout() {
        measure(1_000, 0);
        assertEquals(ms(250), rtt.retransmissionTimeoutNs());
    }

    @Test
    void anEchoFromTheFutureIsNotMeasured() {
        measure(1_000, -400);
        assertEquals(0, rtt.smoothedNs());
    }

    @Test
    void theSameEchoCountsOnce() {
        measure(1_000, 80);
        rtt.received(header(PacketHeader.ABSENT, RttEstimator.timestamp(ms(920))), ms(5_000));
        assertEquals(ms(80), rtt.smoothedNs());
    }

    @Test
    void backsOffUpToTenSeconds() {
        measure(1_000, 80);
        long beforeNs = rtt.retransmissionTimeoutNs();
        rtt.backOff();
        assertEquals((long) (beforeNs * 1.4142), rtt.retransmissionTimeoutNs());
        for (int i = 0; i < 20; i++) {
            rtt.backOff();
        }
        assertEquals(ms(10_000), rtt.retransmissionTimeoutNs());
    }

    @Test
    void echoesWhatTheFarClockWouldSayNow() {
        rtt.received(header(65_530, PacketHeader.ABSENT), ms(1_000));
        assertEquals(65_530, rtt.takeEcho(ms(1_003)));
        assertEquals(PacketHeader.ABSENT, rtt.takeEcho(ms(1_003)));
        assertEquals(4, rtt.takeEcho(ms(1_040)));
        assertEquals(PacketHeader.ABSENT, rtt.takeEcho(ms(1_000 + 128_001)));
    }

    @Test
    void sendsATimestampWithEachPacket() {
        assertEquals(250, rtt.takeTimestamp(ms(1_000)));
        assertEquals(250, rtt.takeTimestamp(ms(1_003)));
        assertEquals(251, rtt.takeTimestamp(ms(1_004)));
        assertEquals(65_535, RttEstimator.timestamp(-1));
    }
}
