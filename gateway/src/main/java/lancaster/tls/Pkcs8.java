package lancaster.tls;

import java.io.ByteArrayOutputStream;

/**
 * Older forms of private keys put into the one that Java reads (RFC 5958 §2): the key as it is, behind the algorithm
 * that the certificate names.
 */
final class Pkcs8 {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Pkcs8() {}

    /** @param publicKey of the certificate, as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) */
    static byte[] wrap(byte[] key, byte[] publicKey) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(VERSION_0);
        inner.writeBytes(algorithm(publicKey));
        inner.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, inner.toByteArray());
    }

    /** The first element of the sequence that a SubjectPublicKeyInfo is. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = contentAt(publicKey, 0);
        int end = contentAt(publicKey, start) + lengthAt(publicKey, start);
        return java.util.Arrays.copyOfRange(publicKey, start, end);
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xFF);
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
