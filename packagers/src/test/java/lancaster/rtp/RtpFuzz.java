package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import lancaster.bytes.Bytes;

/** Any datagram is a packet or none; any packets in any order come out in order, each number once. */
class RtpFuzz {
    private static final int RECORD = 4;

    @FuzzTest
    void parse(byte[] datagram) {
        RtpPacket packet = RtpPacket.parse(Bytes.wrap(datagram));
        if (packet != null) {
            assertTrue(packet.payload().length() <= datagram.length - RtpHeader.SIZE);
            assertEquals(datagram[3] & 0xFF, packet.sequence() & 0xFF);
        }
    }

    /** Four bytes a step: path and what happens, sequence number, time that passes. */
    @FuzzTest
    void reorder(byte[] steps) {
        Checked checked = new Checked();
        RtpReorderBuffer buffer = new RtpReorderBuffer(ReorderSettings.mp2t(2, Duration.ofMillis(20)), checked);
        long nowNs = 0;
        for (int at = 0; at + RECORD <= steps.length; at += RECORD) {
            nowNs += (steps[at + 3] & 0xFF) * 500_000L;
            buffer.onTime(nowNs);
            RtpPacket packet =
                    RtpFixtures.packet((steps[at + 1] & 0xFF) << 8 | (steps[at + 2] & 0xFF), 1, steps[at] >> 4 & 3);
            if ((steps[at] & 2) != 0) {
                buffer.onRecovered(packet, nowNs);
            } else {
                buffer.onPacket(steps[at] & 1, packet, nowNs);
            }
            assertTrue(buffer.deadlineNs() > nowNs, "nothing waits beyond its time");
        }
        ReorderStats stats = buffer.stats();
        assertEquals(checked.packets, stats.delivered());
        assertEquals(checked.lost, stats.lost());
    }

    private static final class Checked implements RtpListener {
        private boolean begun;
        private long next;
        private long packets;
        private long lost;

        @Override
        public void onPacket(RtpPacket packet, long arrivalNs) {
            if (begun) {
                assertEquals(next & 0xFFFF, packet.sequence());
            }
            begun = true;
            next = packet.sequence() + 1L;
            packets++;
        }

        @Override
        public void onLost(int count) {
            assertTrue(begun && count > 0);
            next += count;
            lost += count;
        }

        @Override
        public void onRestart() {
            begun = false;
        }
    }
}
