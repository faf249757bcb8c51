package lancaster.fec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;
import java.util.Set;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtp.RtpFixtures;
import lancaster.rtp.RtpPacket;

/** Parity of any content, true parity with packets missing: nothing is recovered twice, or over what came. */
class FecFuzz {
    private static final int STEP = 3;

    @FuzzTest
    void decode(byte[] steps) {
        Set<Integer> known = new HashSet<>();
        FecDecoder decoder = new FecDecoder(packet -> assertTrue(known.add(packet.sequence())));
        for (int at = 0; at + STEP <= steps.length; at += STEP) {
            int number = steps[at + 1] & 0xFF;
            if ((steps[at] & 1) == 0) {
                known.add(number);
                decoder.onMedia(RtpFixtures.packet(number, 1));
            } else {
                int from = Math.min(steps.length, at + STEP);
                int length = Math.min(steps.length - from, 40);
                decoder.onParity(rtp(Bytes.wrap(steps.clone(), from, length)));
                at += length;
            }
        }
    }

    /** One bit a packet: whether it is lost. */
    @FuzzTest
    void repair(byte[] losses) {
        Set<Integer> missing = new HashSet<>();
        FecDecoder decoder = new FecDecoder(packet -> {
            assertTrue(missing.remove(packet.sequence()));
            assertEquals(RtpFixtures.packet(packet.sequence()), packet);
        });
        int bit = 0;
        for (SentFec.Sent one : SentFec.of(new FecSettings(5, 4, true), 0, 60).sent) {
            boolean lost = bit / 8 < losses.length && (losses[bit / 8] >> bit % 8 & 1) != 0;
            bit++;
            if (lost) {
                if (one.media()) {
                    missing.add(one.packet().sequence());
                }
            } else if (one.media()) {
                decoder.onMedia(one.packet());
            } else {
                decoder.onParity(one.packet());
            }
        }
    }

    private static RtpPacket rtp(Bytes payload) {
        return RtpFixtures.parsed(
                new ByteWriter().u32(0x8060_0001L).u32(0).u32(0).bytes(payload).bytes());
    }
}
