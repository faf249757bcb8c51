package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import lancaster.kit.SimRunLoop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same packets over two paths that lose, delay, jitter, repeat and overtake, in virtual time. */
@Tag("sim")
class TwoPathsSim {
    private static final long MS = 1_000_000;
    private static final long DELAY_NS = 100 * MS;
    private static final int PACKETS = 5_000;
    /** So many may come before two follow each other, or be overtaken by those two. */
    private static final int BEFORE_FIRST = 25;

    private final SimRunLoop loop = new SimRunLoop();
    private final boolean[][] brought = new boolean[2][PACKETS];

    /** Checks what the buffer gives as it gives it. */
    private final class Receiver implements RtpListener {
        final Set<Long> given = new HashSet<>();
        long first = -1;
        long next;
        long lost;

        @Override
        public void onPacket(RtpPacket packet, long arrivalNs) {
            long number = SequenceNumber.extend(packet.sequence(), next);
            if (first < 0) {
                first = number;
                next = number;
            }
            assertEquals(next, number, "in order, none twice, none left out unsaid");
            assertEquals(RtpFixtures.packet(number, 1), packet);
            assertTrue(loop.nowNs() - arrivalNs <= DELAY_NS + MS, "waits no longer than it may");
            given.add(number);
            next++;
        }

        @Override
        public void onLost(int packets) {
            next += packets;
            lost += packets;
        }

        @Override
        public void onRestart() {
            assertEquals(-1, first, "begins once");
        }
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void whatEitherPathBringsInTimeArrivesOnceAndInOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Receiver receiver = new Receiver();
        RtpReorderBuffer buffer = new RtpReorderBuffer(ReorderSettings.mp2t(2, Duration.ofNanos(DELAY_NS)), receiver);
        long start = random.nextInt(SequenceNumber.COUNT);
        receiver.next = start;
        for (int path = 0; path < 2; path++) {
            send(path, start, random, buffer);
        }
        wake(buffer);
        loop.advanceMs(PACKETS + 2_000);
        for (int i = BEFORE_FIRST; i < PACKETS; i++) {
            if (brought[0][i] || brought[1][i]) {
                assertTrue(receiver.given.contains(start + i), "number " + i);
            }
        }
        ReorderStats stats = buffer.stats();
        assertEquals(receiver.given.size(), stats.delivered());
        assertEquals(receiver.lost, stats.lost());
        assertEquals(0, stats.mismatched() + stats.overflowed() + stats.restarts());
        assertTrue(stats.late() <= BEFORE_FIRST, "late: " + stats.late());
        long helped = stats.paths().get(0).lost() - receiver.lost;
        assertTrue(
                Math.abs(helped - stats.paths().get(1).onlyHere()) <= BEFORE_FIRST,
                "what the second path alone brought");
    }

    /** One packet a millisecond, of which this path loses up to a fifth. */
    private void send(int path, long start, SplittableRandom random, RtpReorderBuffer buffer) {
        double loss = random.nextDouble(0.2);
        double repeats = random.nextDouble(0.1);
        long delayNs = random.nextLong(50) * MS;
        long jitterNs = random.nextLong(1, 20) * MS;
        for (int i = 0; i < PACKETS; i++) {
            if (random.nextDouble() >= loss) {
                brought[path][i] = true;
                long atNs = i * MS + delayNs + random.nextLong(jitterNs);
                RtpPacket packet = RtpFixtures.packet(start + i, 1);
                loop.schedule(atNs, () -> buffer.onPacket(path, packet, loop.nowNs()));
                if (random.nextDouble() < repeats) {
                    loop.schedule(atNs + MS, () -> buffer.onPacket(path, packet, loop.nowNs()));
                }
            }
        }
    }

    private void wake(RtpReorderBuffer buffer) {
        loop.schedule(MS, () -> {
            buffer.onTime(loop.nowNs());
            wake(buffer);
        });
    }
}
