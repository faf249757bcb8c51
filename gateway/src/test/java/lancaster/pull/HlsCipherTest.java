package lancaster.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted segments: the blocks of NIST SP 800-38A F.2.2, with padding behind them. */
class HlsCipherTest {
    private static final Bytes KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");
    private static final Bytes VECTOR = hex("000102030405060708090a0b0c0d0e0f");
    private static final Bytes PLAIN = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    /** The third block is 16 octets of padding, as openssl writes them. */
    private static final Bytes ENCRYPTED =
            hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2 55e21d7100b988ffec32feeafaf23538");

    private static Bytes hex(String digits) {
        return Bytes.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    @Test
    void decryptsAndTakesThePaddingOff() throws Exception {
        assertEquals(PLAIN, HlsCipher.decrypt(ENCRYPTED, KEY, VECTOR));
    }

    @Test
    void anotherKeyAndMissingBytesAreFound() {
        assertThrows(GeneralSecurityException.class, () -> HlsCipher.decrypt(ENCRYPTED, VECTOR, VECTOR));
        assertThrows(GeneralSecurityException.class, () -> HlsCipher.decrypt(ENCRYPTED.slice(0, 47), KEY, VECTOR));
    }

    @Test
    void theVectorIsWrittenOrTheNumberOfTheSegment() {
        assertEquals(hex("0000000000000000000000000000002a"), HlsCipher.vector(Optional.empty(), 42));
        assertEquals(hex("000000000000000000000000000abcde"), HlsCipher.vector(Optional.of("0xABCDE"), 42));
        assertEquals(VECTOR, HlsCipher.vector(Optional.of("0X000102030405060708090a0b0c0d0e0f"), 42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "12", "0xg0", "0x000102030405060708090a0b0c0d0e0f0", "-0x1"})
    void whatIsNoVectorIsRefused(String written) {
        assertThrows(ProtocolException.class, () -> HlsCipher.vector(Optional.of(written), 1));
    }
}
