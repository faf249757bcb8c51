package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Acknowledgements by ranges and by bits (RFC 7016 §2.3.13, §2.3.14, §3.6.3.4). */
class AcknowledgementTest {
    private static final int ROOMY_BYTES = 1_000;

    @Test
    void rangesReadAsInTheRfc() {
        assertEquals(List.of("18-18", "21-24"), ranges(new AckRanges(5, 127, 16, Hex.bytes("0000 0103"))));
    }

    @Test
    void aRangeThatIsCutOffIsLeftOut() {
        assertEquals(List.of("18-18"), ranges(new AckRanges(5, 127, 16, Hex.bytes("0000 0183"))));
        assertEquals(List.of("18-18"), ranges(new AckRanges(5, 127, 16, Hex.bytes("0000 01"))));
    }

    @Test
    void aBitmapReadsAsInTheRfc() {
        assertEquals(List.of("18-18", "21-24", "27-28"), ranges(new AckBitmap(5, 127, 16, Hex.bytes("7906"))));
        assertEquals(List.of("2-17"), ranges(new AckBitmap(5, 127, 0, Hex.bytes("ffff"))));
    }

    @Test
    void aRangeOfMostNumbersThereAreIsOneRange() {
        Bytes most = Vlu.write(new ByteWriter().u8(0), Long.MAX_VALUE - 5).bytes();
        assertEquals(
                List.of("5-" + Long.MAX_VALUE),
                ranges(new AckRanges(1, 1, 3, most)).stream().toList());
    }

    @Test
    void rangesPastAllNumbersEndTheAcknowledgement() {
        Bytes past =
                Vlu.write(new ByteWriter().u8(0).u8(0).u8(0), Long.MAX_VALUE).bytes();
        assertEquals(List.of("5-5"), ranges(new AckRanges(1, 1, 3, past)));
        assertEquals(List.of(), ranges(new AckRanges(1, 1, Long.MAX_VALUE, Hex.bytes("0000"))));
        assertEquals(List.of(), ranges(new AckBitmap(1, 1, Long.MAX_VALUE - 1, Hex.bytes("ff"))));
    }

    @Test
    void theBuilderTakesWhatIsShorter() {
        AckBuilder builder = new AckBuilder();
        builder.begin(5, 127, 16, ROOMY_BYTES);
        builder.range(18, 18);
        builder.range(21, 24);
        builder.range(27, 28);
        assertEquals(new AckBitmap(5, 127, 16, Hex.bytes("7906")), builder.compact());
        assertEquals(new AckRanges(5, 127, 16, Hex.bytes("0000 0103 0101")), builder.ranges());
        builder.begin(5, 127, 16, ROOMY_BYTES).range(1_000, 1_000_000);
        assertInstanceOf(AckRanges.class, builder.compact());
        assertEquals(List.of("1000-1000000"), ranges(builder.ranges()));
        assertEquals(
                new AckRanges(5, 0, 16, Bytes.EMPTY),
                builder.begin(5, 0, 16, ROOMY_BYTES).compact());
    }

    @Test
    void rangesHaveToBeInOrderAndApart() {
        AckBuilder builder = new AckBuilder().begin(1, 1, 10, ROOMY_BYTES);
        assertThrows(IllegalArgumentException.class, () -> builder.range(11, 12));
        builder.range(12, 12);
        assertThrows(IllegalArgumentException.class, () -> builder.range(13, 13));
        assertThrows(IllegalArgumentException.class, () -> builder.range(20, 19));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void whatWasReceivedIsAcknowledgedOrCutOffAtTheLimit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AckBuilder builder = new AckBuilder();
        for (int round = 0; round < 50; round++) {
            long cumulative = random.nextLong(random.nextBoolean() ? 100 : Long.MAX_VALUE / 2);
            List<String> expected = new ArrayList<>();
            int limit = random.nextInt(1, 60) + 30;
            builder.begin(3, 99, cumulative, limit);
            long at = cumulative;
            for (int i = random.nextInt(40); i > 0; i--) {
                long first = at + 2 + random.nextLong(random.nextInt(4) == 0 ? 1_000 : 3);
                at = first + random.nextLong(6);
                builder.range(first, at);
                expected.add(first + "-" + at);
            }
            for (Acknowledgement ack : List.of(builder.ranges(), builder.compact())) {
                List<String> read = ranges(ack);
                assertTrue(ack.length() <= limit, () -> ack + " in " + limit);
                assertEquals(expected.subList(0, read.size()), read, "seed " + seed);
                assertTrue(read.size() == expected.size() || ack.length() > limit - 22, () -> ack + " in " + limit);
            }
        }
    }

    private static List<String> ranges(Acknowledgement ack) {
        List<String> ranges = new ArrayList<>();
        ack.forEachRange((first, last) -> ranges.add(first + "-" + last));
        return ranges;
    }
}
