package lancaster.rtmfp.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;

/** A key pair of one group, and what it makes of the public key of another (RFC 7425 §4.6). Immutable. */
public final class DiffieHellman {
    /** Public keys nearer than this to 0 or to the prime are refused (§4.6.2). */
    private static final BigInteger MARGIN = BigInteger.ONE.shiftLeft(24);
    /** Public keys with fewer ones or fewer zeros among their bits are refused (§4.6.2). */
    private static final int MIN_BITS_OF_EACH = 16;

    private final DhGroup group;
    private final BigInteger exponent;
    private final Bytes publicKey;

    private DiffieHellman(DhGroup group, BigInteger exponent, Bytes publicKey) {
        this.group = group;
        this.exponent = exponent;
        this.publicKey = publicKey;
    }

    /**
     * A new key pair. Its public key begins with no zero byte: some implementations would cut that off, and others expect
     * keys as long as the prime.
     */
    public static DiffieHellman generate(DhGroup group, RandomGenerator random) {
        return generate(group, exponent -> BigInteger.TWO.modPow(exponent, group.prime()), random);
    }

    /** As {@link #generate(DhGroup, RandomGenerator)}, for who makes many. */
    static DiffieHellman generate(FixedBase base, RandomGenerator random) {
        return generate(base.group(), base::power, random);
    }

    private static DiffieHellman generate(DhGroup group, UnaryOperator<BigInteger> powerOfTwo, RandomGenerator random) {
        byte[] bits = new byte[group.exponentBits() / 8];
        while (true) {
            random.nextBytes(bits);
            bits[0] |= (byte) 0x80;
            BigInteger exponent = new BigInteger(1, bits);
            BigInteger value = powerOfTwo.apply(exponent);
            Bytes publicKey = unpadded(value);
            if (publicKey.length() == group.primeBytes() && isAcceptable(value, group)) {
                Arrays.fill(bits, (byte) 0);
                return new DiffieHellman(group, exponent, publicKey);
            }
        }
    }

    public DhGroup group() {
        return group;
    }

    /** Big-endian, as long as the prime. */
    public Bytes publicKey() {
        return publicKey;
    }

    /**
     * The shared secret, big-endian, <em>without leading zeros</em> as all implementations have it; the caller erases it.
     * Empty where the far public key is none that a decent peer would have.
     */
    public Optional<byte[]> sharedSecret(Bytes farPublicKey) {
        BigInteger far = new BigInteger(1, farPublicKey.toArray());
        if (farPublicKey.length() > group.primeBytes() || !isAcceptable(far, group)) {
            return Optional.empty();
        }
        byte[] padded = far.modPow(exponent, group.prime()).toByteArray();
        byte[] secret = Arrays.copyOfRange(padded, padded[0] == 0 ? 1 : 0, padded.length);
        Arrays.fill(padded, (byte) 0);
        return Optional.of(secret);
    }

    private static boolean isAcceptable(BigInteger publicKey, DhGroup group) {
        int ones = publicKey.bitCount();
        return publicKey.compareTo(MARGIN) >= 0
                && publicKey.compareTo(group.prime().subtract(MARGIN)) <= 0
                && ones >= MIN_BITS_OF_EACH
                && publicKey.bitLength() - ones >= MIN_BITS_OF_EACH;
    }

    private static Bytes unpadded(BigInteger value) {
        byte[] padded = value.toByteArray();
        return Bytes.wrap(padded, padded[0] == 0 ? 1 : 0, padded.length - (padded[0] == 0 ? 1 : 0));
    }
}
