package lancaster.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import lancaster.bytes.Bytes;

/**
 * A file of the class path as it is sent.
 *
 * @param etag of {@code plain}, quoted
 * @param gzipEtag of {@code gzip}, quoted
 */
record Page(String contentType, Bytes plain, Bytes gzip, String etag, String gzipEtag) {
    static Page of(String contentType, byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        CRC32 crc = new CRC32();
        crc.update(plain);
        String hash = Long.toHexString(crc.getValue()) + '-' + plain.length;
        return new Page(
                contentType,
                Bytes.wrap(plain),
                Bytes.wrap(packed.toByteArray()),
                '"' + hash + '"',
                '"' + hash + "-gzip\"");
    }
}
