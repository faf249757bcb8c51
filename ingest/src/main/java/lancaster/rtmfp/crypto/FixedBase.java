package lancaster.rtmfp.crypto;

import java.math.BigInteger;

/**
 * Powers of 2 modulo a group's prime, several times as fast as {@link BigInteger#modPow}: by a comb of {@value #TEETH}
 * teeth (Lim and Lee) and Barrett's reduction. Worth its table to a server, which makes a key for each session. Immutable.
 */
final class FixedBase {
    private static final int TEETH = 8;

    private final DhGroup group;
    private final BigInteger prime;
    private final int primeBits;
    /** 2^(2n) divided by the prime of n bits. */
    private final BigInteger reciprocal;
    /** How far the teeth are apart. */
    private final int columns;
    /** Of each choice of teeth the power with these bits set in the exponent's lowest column. */
    private final BigInteger[] products = new BigInteger[1 << TEETH];

    FixedBase(DhGroup group) {
        this.group = group;
        prime = group.prime();
        primeBits = prime.bitLength();
        reciprocal = BigInteger.ONE.shiftLeft(2 * primeBits).divide(prime);
        columns = group.exponentBits() / TEETH;
        products[0] = BigInteger.ONE;
        BigInteger tooth = BigInteger.TWO;
        for (int bit = 1; bit < products.length; bit <<= 1) {
            for (int rest = 0; rest < bit; rest++) {
                products[bit + rest] = multiply(products[rest], tooth);
            }
            for (int i = 0; i < columns; i++) {
                tooth = multiply(tooth, tooth);
            }
        }
    }

    DhGroup group() {
        return group;
    }

    /** 2 to the power of an exponent with no more bits than the group's exponents have. */
    BigInteger power(BigInteger exponent) {
        if (exponent.bitLength() > columns * TEETH) {
            throw new IllegalArgumentException("an exponent of " + exponent.bitLength() + " bits");
        }
        BigInteger power = BigInteger.ONE;
        for (int column = columns - 1; column >= 0; column--) {
            int choice = 0;
            for (int tooth = 0; tooth < TEETH; tooth++) {
                choice |= exponent.testBit(column + tooth * columns) ? 1 << tooth : 0;
            }
            power = multiply(multiply(power, power), products[choice]);
        }
        return power;
    }

    private BigInteger multiply(BigInteger one, BigInteger other) {
        BigInteger product = one.multiply(other);
        BigInteger quotient =
                product.shiftRight(primeBits - 1).multiply(reciprocal).shiftRight(primeBits + 1);
        BigInteger rest = product.subtract(quotient.multiply(prime));
        while (rest.compareTo(prime) >= 0) {
            rest = rest.subtract(prime);
        }
        return rest;
    }
}
