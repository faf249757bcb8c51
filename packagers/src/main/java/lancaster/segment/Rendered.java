package lancaster.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import lancaster.bytes.Bytes;

/**
 * A list as a handler sends it, such as a playlist or a manifest: made once for all requests.
 *
 * @param plain its bytes; a text is in UTF-8
 * @param gzip the same, compressed
 * @param etag strong entity tag of {@code plain}, quoted
 * @param gzipEtag strong entity tag of {@code gzip}, quoted: other bytes, another tag (RFC 9110 §8.8.3.3)
 */
public record Rendered(Bytes plain, Bytes gzip, String etag, String gzipEtag) {
    private static final int ETAG_BYTES = 8;

    public static Rendered of(String text) {
        return of(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Rendered of(Bytes bytes) {
        byte[] plain = bytes.toArray();
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String hash = HexFormat.of().formatHex(sha256(plain), 0, ETAG_BYTES);
        return new Rendered(bytes, Bytes.wrap(packed.toByteArray()), '"' + hash + '"', '"' + hash + "-gzip\"");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
