package lancaster.rtmfp.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SEQUENCE_SET (RFC 7016 §3.6.3). */
class SequenceSetTest {
    private static String text(SequenceSet set) {
        StringBuilder text = new StringBuilder("0-" + set.cumulative());
        set.forEachRange(
                (first, last) -> text.append(' ').append(first).append('-').append(last));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 3, 0-3",
        "2, 0-0 2-2",
        "2 1, 0-2",
        "5 3 4, 0-0 3-5",
        "3 5 4, 0-0 3-5",
        "7 3 5, 0-0 3-3 5-5 7-7",
        "7 3 5 6, 0-0 3-3 5-7",
        "1 3 5 2, 0-3 5-5",
        "1 3 5 2 4, 0-5",
        "4 4 4, 0-0 4-4"
    })
    void holdsWhatWasSeen(String numbers, String ranges) {
        SequenceSet set = new SequenceSet(10);
        for (String number : numbers.split(" ", -1)) {
            set.add(Long.parseLong(number));
        }
        assertEquals(ranges, text(set));
    }

    @Test
    void passesGapsThatWillNotBeFilled() {
        SequenceSet set = new SequenceSet(10);
        set.add(3);
        set.add(5);
        set.add(9);
        set.addThrough(4);
        assertEquals("0-5 9-9", text(set));
        set.addThrough(2);
        assertEquals("0-5 9-9", text(set));
        set.addThrough(20);
        assertEquals("0-20", text(set));
        assertFalse(set.hasGaps());
    }

    @Test
    void makesNoMoreGapsThanItMay() {
        SequenceSet set = new SequenceSet(2);
        set.add(3);
        set.add(5);
        assertFalse(set.hasRoomFor(7));
        set.add(7);
        assertEquals("0-0 3-3 5-5", text(set));
        assertTrue(set.hasRoomFor(1) && set.hasRoomFor(4) && set.hasRoomFor(6) && set.hasRoomFor(2));
        set.add(6);
        assertEquals("0-0 3-3 5-6", text(set));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void agreesWithAPlainSet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SequenceSet set = new SequenceSet(1_000);
        TreeSet<Long> plain = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(20) == 0) {
                long through = random.nextLong(100);
                set.addThrough(through);
                for (long number = 1; number <= through; number++) {
                    plain.add(number);
                }
            } else {
                long number = 1 + random.nextLong(200);
                set.add(number);
                plain.add(number);
            }
        }
        for (long number = 1; number < 210; number++) {
            assertEquals(plain.contains(number), set.contains(number));
        }
    }
}
