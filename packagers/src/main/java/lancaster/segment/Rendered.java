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
import org.jspecify.annotations.Nullable;

/**
 * A list as a handler sends it, such as a playlist or a manifest: made once for all requests. What depends on somebody
 * asking, its tags and the compressed form, is made for who asks first: compressing costs more than the list itself, and
 * of most lists of most streams nobody asks for every version. From any thread.
 */
public final class Rendered {
    private static final int ETAG_BYTES = 8;

    private final Bytes plain;
    private volatile @Nullable Forms forms;

    /** What is sent beside the plain bytes. */
    private record Forms(Bytes gzip, String etag, String gzipEtag) {
        static Forms of(Bytes bytes) {
            byte[] plain = bytes.toArray();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2);
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(plain);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String hash = HexFormat.of().formatHex(sha256(plain), 0, ETAG_BYTES);
            return new Forms(Bytes.wrap(packed.toByteArray()), '"' + hash + '"', '"' + hash + "-gzip\"");
        }
    }

    private Rendered(Bytes plain) {
        this.plain = plain;
    }

    public static Rendered of(String text) {
        return of(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Rendered of(Bytes bytes) {
        return new Rendered(bytes);
    }

    /** Its bytes; a text is in UTF-8. */
    public Bytes plain() {
        return plain;
    }

    /** The same, compressed. */
    public Bytes gzip() {
        return forms().gzip();
    }

    /** Strong entity tag of {@link #plain}, quoted. */
    public String etag() {
        return forms().etag();
    }

    /** Strong entity tag of {@link #gzip}, quoted: other bytes, another tag (RFC 9110 §8.8.3.3). */
    public String gzipEtag() {
        return forms().gzipEtag();
    }

    /** Where two ask first at once, both make the same. */
    private Forms forms() {
        Forms made = forms;
        if (made == null) {
            made = Forms.of(plain);
            forms = made;
        }
        return made;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
