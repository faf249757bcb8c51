package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DhGroupTest {
    @Test
    void theSmallestPrimeIsThatOfItsRfc() {
        assertEquals(
                new BigInteger(
                        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                                + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
                                + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
                        16),
                DhGroup.MODP_1024.prime());
    }

    /** What the RFCs print before the last 64 bits, which are ones. */
    @ParameterizedTest
    @CsvSource({
        "2, 49286651ECE65381",
        "5, F1746C08CA237327",
        "14, 15728E5A8AACAA68",
        "15, 4B82D120A93AD2CA",
        "16, 93B4EA988D8FDDC1"
    })
    void allPrimesAreOfTheLengthAndTheDigitsOfTheirRfc(long id, String digits) {
        DhGroup group = DhGroup.of(id).orElseThrow();
        String hex = group.prime().toString(16).toUpperCase(Locale.ROOT);
        assertEquals(group.primeBytes() * 2, hex.length());
        assertTrue(hex.contains(digits), hex);
        assertTrue(hex.startsWith("FFFFFFFFFFFFFFFFC90FDAA2") && hex.endsWith("FFFFFFFFFFFFFFFF"), hex);
    }

    @ParameterizedTest
    @EnumSource(names = {"MODP_1024", "MODP_1536", "MODP_2048"})
    void primesAreSafe(DhGroup group) {
        assertTrue(group.prime().isProbablePrime(2));
        assertTrue(group.prime().shiftRight(1).isProbablePrime(2));
    }

    @ParameterizedTest
    @EnumSource(DhGroup.class)
    void exponentsHaveWholeColumnsAndEnoughBits(DhGroup group) {
        assertTrue(group.exponentBits() >= 256);
        assertEquals(0, group.exponentBits() % 8);
    }

    @Test
    void othersAreUnknown() {
        assertEquals(Optional.empty(), DhGroup.of(1));
        assertEquals(Optional.empty(), DhGroup.of(-1));
    }
}
