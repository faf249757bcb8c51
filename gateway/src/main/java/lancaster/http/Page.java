package lancaster.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the class path as it is sent, outside the heap: of a buffer in the heap the JDK copies all that is left for
 * each write, however little of it the socket takes.
 *
 * @param etag of {@code plain}, quoted
 * @param gzipEtag of {@code gzip}, quoted
 */
record Page(String contentType, ByteBuffer plain, ByteBuffer gzip, String etag, String gzipEtag) {
    static Page of(String contentType, byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        CRC32 crc = new CRC32();
        crc.update(plain);
        String hash = Long.toHexString(crc.getValue()) + '-' + plain.length;
        return new Page(
                contentType, direct(plain), direct(packed.toByteArray()), '"' + hash + '"', '"' + hash + "-gzip\"");
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}
