package lancaster.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A certificate with those that sign it, and its key. */
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_CHAIN = 10;

    TlsIdentity {
        chain = List.copyOf(chain);
    }

    Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** For people: whose it is. */
    String subject() {
        return chain.get(0).getSubjectX500Principal().getName();
    }

    /** @throws TlsException where they can't be read, or don't belong together */
    static TlsIdentity read(TlsFiles files) throws TlsException {
        List<X509Certificate> chain = chain(files.certificate());
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = key(files.key(), publicKey);
        if (!belongTogether(key, publicKey)) {
            throw new TlsException("the key in " + files.key() + " isn't that of the first certificate in "
                    + files.certificate() + "; the file begins with the certificate of this box");
        }
        return new TlsIdentity(chain, key);
    }

    /** The certificates of a file; one at least. */
    static List<X509Certificate> chain(Path file) throws TlsException {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlock block : blocks(file)) {
            if (block.label().equals("CERTIFICATE") && chain.size() < MAX_CHAIN) {
                try {
                    chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(block.der().toArray())));
                } catch (CertificateException e) {
                    throw new TlsException(file + " holds a certificate that can't be read: " + e.getMessage(), e);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new TlsException(file + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        return chain;
    }

    private static PrivateKey key(Path file, PublicKey publicKey) throws TlsException {
        for (PemBlock block : blocks(file)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(file, publicKey, block.der().toArray());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(file, publicKey, Pkcs8.wrap(block.der().toArray(), publicKey.getEncoded()));
                }
                default -> {
                    if (block.label().startsWith("ENCRYPTED ")) {
                        throw new TlsException(
                                file + " is encrypted; `openssl pkey -in FILE -out FILE` takes the passphrase off");
                    }
                }
            }
        }
        throw new TlsException(file + " holds no key in PEM (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey key(Path file, PublicKey publicKey, byte[] pkcs8) throws TlsException {
        try {
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            // What the provider says of it may quote the key.
            throw new TlsException(file + " holds no " + publicKey.getAlgorithm() + " key, as the certificate needs");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        String algorithm =
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            byte[] text = "does it fit".getBytes(StandardCharsets.US_ASCII);
            signer.initSign(key);
            signer.update(text);
            byte[] signature = signer.sign();
            signer.initVerify(publicKey);
            signer.update(text);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<PemBlock> blocks(Path file) throws TlsException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new TlsException(file + " is too large for a PEM file");
            }
            return PemBlock.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (TlsException e) {
            throw e;
        } catch (IOException e) {
            throw new TlsException(file + " can't be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new TlsException(file + " isn't PEM: what stands between BEGIN and END isn't Base64", e);
        }
    }
}
