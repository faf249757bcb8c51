package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayWindowTest {
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void aNumberIsNewOnceAndNoMoreBehindTheWindow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ReplayWindow window = new ReplayWindow();
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        long around = random.nextBoolean() ? 0 : Long.MAX_VALUE / 2;
        for (int i = 0; i < 5_000; i++) {
            around += random.nextInt(100) == 0 ? random.nextInt(700) : 1;
            long number = Math.max(0, around + random.nextInt(-300, 3));
            boolean isNew = !seen.contains(number) && number > highest - ReplayWindow.LENGTH;
            assertEquals(isNew, window.isNew(number), "seed " + seed);
            if (isNew) {
                window.add(number);
                seen.add(number);
                highest = Math.max(highest, number);
            }
        }
    }

    @Test
    void theFirstAndTheLastNumberAreNumbers() {
        ReplayWindow window = new ReplayWindow();
        assertTrue(window.isNew(0));
        window.add(0);
        assertFalse(window.isNew(0));
        window.add(Long.MAX_VALUE);
        assertFalse(window.isNew(Long.MAX_VALUE));
        assertTrue(window.isNew(Long.MAX_VALUE - 1));
        assertFalse(window.isNew(1));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void checksumsAreTheComplementOfTheSumOfWords(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = new byte[random.nextInt(1, 2_000)];
        random.nextBytes(bytes);
        int offset = random.nextInt(bytes.length);
        int sum = 0;
        for (int i = offset; i < bytes.length; i++) {
            // The last of an odd number of bytes is a low one, as it is with rtmfp-cpp.
            sum += (bytes[i] & 0xFF) << ((i - offset) % 2 == 0 && i + 1 < bytes.length ? 8 : 0);
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        assertEquals(~sum & 0xFFFF, InternetChecksum.of(bytes, offset, bytes.length - offset));
    }

    @Test
    void theChecksumOfTheRfcIsFound() {
        byte[] bytes = Bytes.of(0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7).toArray();
        assertEquals(~0xDDF2 & 0xFFFF, InternetChecksum.of(bytes, 0, 8));
    }
}
