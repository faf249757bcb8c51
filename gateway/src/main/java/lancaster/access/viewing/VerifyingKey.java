package lancaster.access.viewing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key and the one algorithm that it is for (RFC 7518 §3.1, RFC 8037 §3.1): what a token says of its algorithm
 * must agree.
 *
 * @param algorithm RS256, ES256 or EdDSA
 */
record VerifyingKey(String algorithm, PublicKey key) {
    private static final int MAX_FILE_BYTES = 64 << 10;
    private static final int MIN_RSA_BITS = 2048;
    private static final int P256_BITS = 256;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** Reads a public key, or a certificate for it, in PEM. */
    static VerifyingKey read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is too large for a public key");
        }
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new IOException(file + " holds no public key in PEM (-----BEGIN PUBLIC KEY-----)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            PublicKey key = block.group(1).equals("CERTIFICATE")
                    ? CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey()
                    : key(der);
            return of(key, file);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no public key that can be read: " + e.getMessage(), e);
        }
    }

    private static PublicKey key(byte[] der) throws GeneralSecurityException {
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // The next one.
            }
        }
        throw new InvalidKeySpecException("it is neither RSA nor EC nor Ed25519");
    }

    private static VerifyingKey of(PublicKey key, Path file) throws IOException {
        if (key instanceof RSAPublicKey rsa) {
            BigInteger modulus = rsa.getModulus();
            if (modulus.bitLength() < MIN_RSA_BITS) {
                throw new IOException(file + " holds an RSA key of less than " + MIN_RSA_BITS + " bits");
            }
            return new VerifyingKey("RS256", key);
        }
        if (key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() == P256_BITS) {
            return new VerifyingKey("ES256", key);
        }
        if (key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519")) {
            return new VerifyingKey("EdDSA", key);
        }
        throw new IOException(file + " must hold an RSA, P-256 or Ed25519 key");
    }

    boolean verifies(WebToken token) {
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RS256" -> "SHA256withRSA";
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            signature.initVerify(key);
            signature.update(token.signed().getBytes(StandardCharsets.US_ASCII));
            return signature.verify(token.signature().toArray());
        } catch (GeneralSecurityException e) {
            // A signature of the wrong length, for one.
            return false;
        }
    }
}
