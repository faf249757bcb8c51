package lancaster.pull;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** Segments of HLS that are encrypted as a whole: AES with 128 bits, CBC, padded (RFC 8216 §4.3.2.4, §5.2). */
final class HlsCipher {
    static final String METHOD = "AES-128";
    static final int KEY_BYTES = 16;

    private static final Pattern VECTOR = Pattern.compile("0[xX][0-9a-fA-F]{1,32}");
    private static final int VECTOR_DIGITS = 32;

    private HlsCipher() {}

    /** The initialization vector that is written, or else the number of the segment (§5.2). */
    static Bytes vector(Optional<String> written, long sequence) {
        if (written.isEmpty()) {
            return new ByteWriter().u64(0).u64(sequence).bytes();
        }
        if (!VECTOR.matcher(written.get()).matches()) {
            throw ProtocolException.malformed(Scope.STREAM, "hls", "IV of a key isn't 0x and up to 32 digits");
        }
        String digits = written.get().substring(2);
        return Bytes.wrap(HexFormat.of().parseHex("0".repeat(VECTOR_DIGITS - digits.length()) + digits));
    }

    /** @throws GeneralSecurityException where the key isn't the one that it was encrypted with, or bytes are missing */
    static Bytes decrypt(Bytes encrypted, Bytes key, Bytes vector) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(key.toArray(), "AES"), new IvParameterSpec(vector.toArray()));
        return Bytes.wrap(cipher.doFinal(encrypted.toArray()));
    }
}
