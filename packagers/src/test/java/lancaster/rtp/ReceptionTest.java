package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final long TICK_NS = 10_000_000;

    private final Reception reception = new Reception(90_000);

    /** Packets are sent 10 ms apart, which is 900 ticks. */
    private void receive(long number, long lateNs) {
        reception.on(number, RtpFixtures.packet(number), number * TICK_NS + lateNs);
    }

    @Test
    void aSteadyStreamHasNoJitter() {
        for (int i = 100; i < 200; i++) {
            receive(i, 0);
        }
        assertEquals(0, reception.jitterNs());
        assertEquals(new ReportBlock(1, 0, 0, 199, 0, 2, 3), reception.report(1, 2, 3));
    }

    @Test
    void jitterApproachesTheMeanDifference() {
        for (int i = 0; i < 1_000; i++) {
            receive(i, i % 2 == 0 ? 0 : 4_000_000);
        }
        assertEquals(4_000_000, (double) reception.jitterNs(), 1_000);
        assertEquals(360, (double) reception.report(1, 0, 0).jitter(), 1);
    }

    @Test
    void aMarkedJumpOfTimestampsIsNoJitter() {
        receive(0, 0);
        byte[] datagram = new byte[RtpHeader.SIZE];
        RtpHeader.write(datagram, 0, true, 33, 1, 900_000_000, RtpFixtures.SSRC);
        reception.on(1, RtpFixtures.parsed(lancaster.bytes.Bytes.wrap(datagram)), TICK_NS);
        assertEquals(0, reception.jitterNs());
    }

    @Test
    void reportsTheFractionOfTheInterval() {
        receive(0, 0);
        receive(3, 0);
        ReportBlock first = reception.report(1, 0, 0);
        assertEquals(128, first.fractionLost());
        assertEquals(2, first.cumulativeLost());
        receive(4, 0);
        ReportBlock second = reception.report(1, 0, 0);
        assertEquals(0, second.fractionLost());
        assertEquals(2, second.cumulativeLost());
        assertEquals(4, second.extendedHighest());
    }

    @Test
    void duplicatesMakeTheLossNegative() {
        receive(0, 0);
        reception.onDuplicate();
        ReportBlock block = reception.report(1, 0, 0);
        assertEquals(-1, block.cumulativeLost());
        assertEquals(0, block.fractionLost());
    }

    @Test
    void reportsNothingBeforeAPacketCame() {
        assertEquals(new ReportBlock(1, 0, 0, 0, 0, 0, 0), reception.report(1, 0, 0));
    }
}
