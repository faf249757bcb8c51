package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 and section 11 of the HLS rules ask of the answers. */
class HlsHandlerTest {
    private static final String LIST = "/live/townhall/ts/video.m3u8";

    @TempDir
    static Path folder;

    private static ServedStream stream;
    private static String segment;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        stream = new ServedStream(folder, HttpSettings.DEFAULTS).run(20);
        segment = "/live/townhall/ts/" + lastSegment() + ".ts";
    }

    @AfterAll
    static void close() throws IOException {
        stream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/live/townhall.m3u8,application/vnd.apple.mpegurl",
        "/live/townhall.m3u8?format=fmp4,application/vnd.apple.mpegurl",
        "/live/townhall/ts/video.m3u8,application/vnd.apple.mpegurl",
        "/live/townhall/fmp4/video.m3u8,application/vnd.apple.mpegurl",
        "/live/townhall/ts/NUMBER.ts,video/mp2t",
        "/live/townhall/fmp4/NUMBER.m4s,video/mp4",
        "/live/townhall/fmp4/init-0.mp4,video/mp4"
    })
    void everythingHasItsTypeItsAgeAndIsForEveryOrigin(String path, String type)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path.replace("NUMBER", lastSegment()));
        assertEquals(200, answer.statusCode());
        assertEquals(type, header(answer, "Content-Type"));
        assertTrue(header(answer, "Cache-Control").matches("max-age=[1-9][0-9]*"), header(answer, "Cache-Control"));
        assertEquals(answer.body().length, Integer.parseInt(header(answer, "Content-Length")));
        assertIsForEveryOrigin(answer);
        HttpResponse<byte[]> head = stream.send("HEAD", path.replace("NUMBER", lastSegment()));
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        for (String name : new String[] {"Content-Length", "Content-Type", "ETag", "Cache-Control"}) {
            assertEquals(header(answer, name), header(head, name), name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/live/other.m3u8,404",
        "/live/townhall/ts/999999.ts,404",
        "/live/townhall/ts/0.ts,410",
        "/live/townhall/ts/audio.m3u8,404",
        "/live/townhall/ts/00.ts,404",
        "/live/townhall/hds/0.ts,404",
        "/live/townhall.m3u8?format=hds,404",
        "/live/townhall/ts/../ts/video.m3u8,404",
        "/live/townhall/ts/%2e%2e/%2e%2e/segments.lock.ts,404",
        "/live/townhall%2fts/video.m3u8,404",
        "/%00.ts,404",
        "/.ts,404"
    })
    void whatIsNotThereIsAnsweredForEveryOriginToo(String path, int status) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(status, answer.statusCode());
        assertTrue(header(answer, "Cache-Control").startsWith("max-age="));
        assertIsForEveryOrigin(answer);
    }

    @Test
    void optionsTellBrowsersThatTheyMayAsk() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.send(
                "OPTIONS", segment, "Origin", "http://elsewhere", "Access-Control-Request-Headers", "range");
        assertEquals(204, answer.statusCode());
        assertIsForEveryOrigin(answer);
        assertTrue(header(answer, "Access-Control-Allow-Methods").contains("GET"));
        assertTrue(header(answer, "Access-Control-Allow-Headers").contains("Range"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void nothingCanBeWritten(String method) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.send(method, LIST);
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD, OPTIONS", header(answer, "Allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5", "*"})
    void playlistsAreCompressedForWhoTakesThat(String accept) throws IOException, InterruptedException {
        HttpResponse<byte[]> plain = stream.get(LIST);
        HttpResponse<byte[]> packed = stream.get(LIST, "Accept-Encoding", accept);
        assertEquals("gzip", header(packed, "Content-Encoding"));
        assertEquals("Accept-Encoding", header(packed, "Vary"));
        assertEquals("Accept-Encoding", header(plain, "Vary"));
        assertFalse(header(packed, "ETag").equals(header(plain, "ETag")));
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
        assertArrayEquals(plain.body(), unpacked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.0", "br", "gzipped"})
    void othersGetThemPlain(String accept) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(LIST, "Accept-Encoding", accept);
        assertTrue(answer.headers().firstValue("Content-Encoding").isEmpty());
    }

    @Test
    void segmentsAreNeverCompressed() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(segment, "Accept-Encoding", "gzip");
        assertTrue(answer.headers().firstValue("Content-Encoding").isEmpty());
        assertEquals(0x47, answer.body()[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {LIST, "SEGMENT"})
    void whoHasItAlreadyGetsNoBody(String path) throws IOException, InterruptedException {
        String target = path.replace("SEGMENT", segment);
        String etag = header(stream.get(target), "ETag");
        for (String condition : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            HttpResponse<byte[]> answer = stream.get(target, "If-None-Match", condition);
            assertEquals(304, answer.statusCode(), condition);
            assertEquals(0, answer.body().length);
            assertEquals(etag, header(answer, "ETag"));
            assertIsForEveryOrigin(answer);
        }
        assertEquals(200, stream.get(target, "If-None-Match", "\"x\"").statusCode());
    }

    @Test
    void aTimeCountsWhereNoTagIsGiven() throws IOException, InterruptedException {
        String modified = header(stream.get(segment), "Last-Modified");
        assertEquals(304, stream.get(segment, "If-Modified-Since", modified).statusCode());
        String past = "Thu, 01 Jan 1970 00:00:00 GMT";
        assertEquals(200, stream.get(segment, "If-Modified-Since", past).statusCode());
        assertEquals(200, stream.get(segment, "If-Modified-Since", "yesterday").statusCode());
        assertEquals(
                200,
                stream.get(segment, "If-Modified-Since", modified, "If-None-Match", "\"x\"")
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=188-375,188,376",
        "bytes=100-,100,-1",
        "bytes=-188,-188,-1",
        "bytes=0-99999999999,0,-1",
        "bytes=-99999999999,0,-1"
    })
    void partsOfSegmentsAreServed(String range, int from, int to) throws IOException, InterruptedException {
        byte[] whole = stream.get(segment).body();
        int first = from < 0 ? whole.length + from : from;
        int end = to < 0 ? whole.length : to;
        HttpResponse<byte[]> answer = stream.get(segment, "Range", range);
        assertArrayEquals(Arrays.copyOfRange(whole, first, end), answer.body());
        if (end - first < whole.length) {
            assertEquals(206, answer.statusCode());
            assertEquals("bytes " + first + "-" + (end - 1) + "/" + whole.length, header(answer, "Content-Range"));
        }
    }

    @Test
    void aPartBeyondTheEndIsRefused() throws IOException, InterruptedException {
        int length = stream.get(segment).body().length;
        for (String range : new String[] {"bytes=" + length + "-", "bytes=-0"}) {
            HttpResponse<byte[]> answer = stream.get(segment, "Range", range);
            assertEquals(416, answer.statusCode(), range);
            assertEquals("bytes */" + length, header(answer, "Content-Range"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-4", "bytes=a-b", "bytes=-", "lines=0-1", "bytes=0-1,3-4", "bytes=--1", "bytes"})
    void aRangeThatIsNoneIsIgnored(String range) throws IOException, InterruptedException {
        assertEquals(200, stream.get(segment, "Range", range).statusCode());
    }

    @Test
    void aPartOfOtherBytesIsNotServed() throws IOException, InterruptedException {
        String etag = header(stream.get(segment), "ETag");
        assertEquals(
                206, stream.get(segment, "Range", "bytes=0-1", "If-Range", etag).statusCode());
        assertEquals(
                200,
                stream.get(segment, "Range", "bytes=0-1", "If-Range", "\"x\"").statusCode());
        assertEquals(200, stream.send("HEAD", segment, "Range", "bytes=0-1").statusCode());
        assertEquals("bytes", header(stream.get(segment), "Accept-Ranges"));
    }

    private static String lastSegment() throws IOException, InterruptedException {
        String list = new String(stream.get(LIST).body(), StandardCharsets.UTF_8);
        String last = list.lines().reduce("", (a, b) -> b);
        return last.substring(0, last.indexOf('.'));
    }

    private static void assertIsForEveryOrigin(HttpResponse<byte[]> answer) {
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
        assertTrue(header(answer, "Access-Control-Expose-Headers").contains("Content-Range"));
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }
}
