package lancaster.rtmfp.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The Diffie-Hellman groups of Internet Key Exchange that the Flash profile names by number (RFC 7425 §4.2; RFC 2409 §6.2,
 * RFC 3526), all with generator 2. Exponents have twice the bits of the strength that RFC 3526 §8 estimates, and at least
 * 256.
 */
public enum DhGroup {
    MODP_1024(2, 1024, 129_093, 256),
    MODP_1536(5, 1536, 741_804, 256),
    MODP_2048(14, 2048, 124_476, 256),
    MODP_3072(15, 3072, 1_690_314, 288),
    MODP_4096(16, 4096, 240_904, 320);

    private static final int PI_BITS = 4096;

    private final int id;
    private final int primeBits;
    private final BigInteger prime;
    private final int exponentBits;

    DhGroup(int id, int primeBits, int offset, int exponentBits) {
        this.id = id;
        this.primeBits = primeBits;
        this.prime = prime(primeBits, offset);
        this.exponentBits = exponentBits;
    }

    /** Its number. */
    public int id() {
        return id;
    }

    public BigInteger prime() {
        return prime;
    }

    /** Of public keys and shared secrets, without leading zeros cut off. */
    public int primeBytes() {
        return primeBits / 8;
    }

    public int exponentBits() {
        return exponentBits;
    }

    public static Optional<DhGroup> of(long id) {
        for (DhGroup group : values()) {
            if (group.id == id) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** 2^n - 2^(n-64) - 1 + 2^64 * ([2^(n-130) pi] + offset), as the RFCs give all of them. */
    private static BigInteger prime(int bits, int offset) {
        BigInteger middle = Pi.SCALED.shiftRight(PI_BITS - (bits - 130)).add(BigInteger.valueOf(offset));
        return BigInteger.ONE
                .shiftLeft(bits)
                .subtract(BigInteger.ONE.shiftLeft(bits - 64))
                .subtract(BigInteger.ONE)
                .add(middle.shiftLeft(64));
    }

    /** 2^{@link #PI_BITS} times pi, by Machin's formula. */
    private static final class Pi {
        private static final int GUARD_BITS = 64;
        private static final BigInteger SCALED = inverseTangent(5)
                .shiftLeft(2)
                .subtract(inverseTangent(239))
                .shiftLeft(2)
                .shiftRight(GUARD_BITS);

        /** Of 1/{@code divisor}. */
        private static BigInteger inverseTangent(int divisor) {
            BigInteger square = BigInteger.valueOf((long) divisor * divisor);
            BigInteger power = BigInteger.ONE.shiftLeft(PI_BITS + GUARD_BITS).divide(BigInteger.valueOf(divisor));
            BigInteger sum = power;
            for (int i = 1; power.signum() != 0; i++) {
                power = power.divide(square);
                BigInteger term = power.divide(BigInteger.valueOf(2L * i + 1));
                sum = i % 2 == 0 ? sum.add(term) : sum.subtract(term);
            }
            return sum;
        }
    }
}
