package lancaster.rtmfp.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiffieHellmanTest {
    private final SplittableRandom random = new SplittableRandom(7);

    @ParameterizedTest
    @EnumSource(DhGroup.class)
    void bothEndsFindTheSameSecret(DhGroup group) {
        DiffieHellman near = DiffieHellman.generate(group, random);
        DiffieHellman far = DiffieHellman.generate(group, random);
        assertEquals(group.primeBytes(), near.publicKey().length());
        assertNotEquals(near.publicKey(), far.publicKey());
        assertArrayEquals(
                near.sharedSecret(far.publicKey()).orElseThrow(),
                far.sharedSecret(near.publicKey()).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(DhGroup.class)
    void theFastPowersOfTwoAreItsPowers(DhGroup group) {
        FixedBase base = new FixedBase(group);
        byte[] bits = new byte[group.exponentBits() / 8];
        for (int i = 0; i < 20; i++) {
            random.nextBytes(bits);
            BigInteger exponent = new BigInteger(1, bits);
            assertEquals(BigInteger.TWO.modPow(exponent, group.prime()), base.power(exponent));
        }
        assertEquals(BigInteger.ONE, base.power(BigInteger.ZERO));
        BigInteger highest = BigInteger.ONE.shiftLeft(group.exponentBits()).subtract(BigInteger.ONE);
        assertEquals(BigInteger.TWO.modPow(highest, group.prime()), base.power(highest));
        assertThrows(IllegalArgumentException.class, () -> base.power(highest.add(BigInteger.ONE)));
    }

    @Test
    void leadingZerosAreNotOfTheSecret() {
        FixedBase base = new FixedBase(DhGroup.MODP_1024);
        // With this seed one of the first is short.
        SplittableRandom telling = new SplittableRandom(12);
        DiffieHellman near = DiffieHellman.generate(base, telling);
        for (int i = 0; i < 10; i++) {
            DiffieHellman far = DiffieHellman.generate(base, telling);
            byte[] secret = near.sharedSecret(far.publicKey()).orElseThrow();
            if (secret.length < DhGroup.MODP_1024.primeBytes()) {
                assertNotEquals(0, secret[0]);
                assertArrayEquals(secret, far.sharedSecret(near.publicKey()).orElseThrow());
                return;
            }
        }
        throw new AssertionError("no short secret");
    }

    @Test
    void aPublicKeyMayHaveLostItsLeadingZeros() {
        DiffieHellman near = DiffieHellman.generate(DhGroup.MODP_1024, random);
        byte[] padded = new byte[DhGroup.MODP_1024.primeBytes()];
        for (int i = 1; i < padded.length; i++) {
            padded[i] = (byte) (7 * i + 1);
        }
        assertArrayEquals(
                near.sharedSecret(Bytes.wrap(padded)).orElseThrow(),
                near.sharedSecret(Bytes.wrap(padded, 1, padded.length - 1)).orElseThrow());
    }

    @Test
    void publicKeysThatGiveSecretsAwayAreRefused() {
        DiffieHellman near = DiffieHellman.generate(DhGroup.MODP_1024, random);
        BigInteger prime = DhGroup.MODP_1024.prime();
        BigInteger margin = BigInteger.ONE.shiftLeft(24);
        for (BigInteger refused : new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            margin.subtract(BigInteger.ONE),
            margin,
            prime,
            prime.subtract(BigInteger.ONE),
            prime.subtract(margin).add(BigInteger.ONE),
            prime.add(BigInteger.valueOf(0x5555_5555_5555L)),
            BigInteger.ONE.shiftLeft(1000),
            BigInteger.ONE.shiftLeft(1000).subtract(BigInteger.ONE)
        }) {
            assertTrue(near.sharedSecret(Bytes.wrap(refused.toByteArray())).isEmpty(), refused.toString(16));
        }
        assertTrue(near.sharedSecret(Bytes.EMPTY).isEmpty());
        assertTrue(near.sharedSecret(Bytes.wrap(new byte[4_000])).isEmpty());
    }
}
