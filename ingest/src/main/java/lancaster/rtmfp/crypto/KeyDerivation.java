package lancaster.rtmfp.crypto;

import java.util.Arrays;
import lancaster.bytes.Bytes;

/**
 * Keys and nonces from the shared secret and both components (RFC 7425 §4.6.4). Of the 256 bits of an encryption key AES
 * takes the first half; the HMAC key comes from all of it.
 */
final class KeyDerivation {
    private final byte[] encrypt;
    private final byte[] decrypt;
    private final byte[] nearHmac;
    private final byte[] farHmac;
    private final Bytes nearNonce;
    private final Bytes farNonce;

    private KeyDerivation(byte[] secret, byte[] near, byte[] far) {
        encrypt = Hashes.hmac(secret, Hashes.hmac(far, near));
        decrypt = Hashes.hmac(secret, Hashes.hmac(near, far));
        nearHmac = Hashes.hmac(secret, encrypt);
        farHmac = Hashes.hmac(secret, decrypt);
        nearNonce = Bytes.wrap(Hashes.hmac(secret, near));
        farNonce = Bytes.wrap(Hashes.hmac(secret, far));
    }

    /** Erases the secret. */
    static KeyDerivation of(byte[] sharedSecret, Bytes nearComponent, Bytes farComponent) {
        KeyDerivation derived = new KeyDerivation(sharedSecret, nearComponent.toArray(), farComponent.toArray());
        Arrays.fill(sharedSecret, (byte) 0);
        return derived;
    }

    /** Of near packets. */
    byte[] encrypt() {
        return encrypt;
    }

    /** Of far packets. */
    byte[] decrypt() {
        return decrypt;
    }

    byte[] nearHmac() {
        return nearHmac;
    }

    byte[] farHmac() {
        return farHmac;
    }

    Bytes nearNonce() {
        return nearNonce;
    }

    Bytes farNonce() {
        return farNonce;
    }

    /** Once ciphers are made of the keys. */
    void eraseKeys() {
        for (byte[] key : new byte[][] {encrypt, decrypt, nearHmac, farHmac}) {
            Arrays.fill(key, (byte) 0);
        }
    }
}
