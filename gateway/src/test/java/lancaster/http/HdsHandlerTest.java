package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.hdscheck.CheckedFragment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HDS over HTTP: addresses, types, ages, and that what a manifest names is there. */
class HdsHandlerTest {
    @TempDir
    static Path folder;

    private static ServedStream stream;
    private static long newest;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        stream = new ServedStream(folder, HttpSettings.DEFAULTS).run(20);
        CheckedBootstrap bootstrap = bootstrap("/live/townhall/hds/stream.abst");
        newest = bootstrap.fragments().get(bootstrap.fragments().size() - 1).number();
    }

    @AfterAll
    static void close() throws IOException {
        stream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/live/townhall.f4m,application/f4m+xml",
        "/live/townhall.f4m?level=set,application/f4m+xml",
        "/live/townhall/hds/stream.f4m,application/f4m+xml",
        "/live/townhall/hds/stream.abst,application/octet-stream",
        "/live/townhall/hds/streamSeg1-FragNUMBER,video/f4f"
    })
    void everythingHasItsTypeItsAgeAndIsForEveryOrigin(String address, String type)
            throws IOException, InterruptedException {
        String path = address.replace("NUMBER", Long.toString(newest));
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(200, answer.statusCode());
        assertEquals(type, header(answer, "Content-Type"));
        assertTrue(header(answer, "Cache-Control").matches("max-age=[1-9][0-9]*"), header(answer, "Cache-Control"));
        assertTrue(HttpDate.parse(header(answer, "Expires")).isPresent());
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
        assertEquals(
                304, stream.get(path, "If-None-Match", header(answer, "ETag")).statusCode());
        HttpResponse<byte[]> head = stream.send("HEAD", path);
        assertEquals(header(answer, "Content-Length"), header(head, "Content-Length"));
        assertEquals(0, head.body().length);
        assertEquals(405, stream.send("POST", path).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/live/other.f4m,no-store",
        "/live/townhall.f4m?level=other,no-store",
        "/live/townhall/hds/streamSeg1-Frag0,max-age=1",
        "/live/townhall/hds/streamSeg1-Frag999999,max-age=1",
        "/live/other/hds/streamSeg1-Frag1,no-store",
        "/hds-live/live/townhall.f4m,no-store",
        "/hls-live/live,no-store"
    })
    void whatIsNotThereIsNotFound(String path, String cache) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(404, answer.statusCode());
        assertEquals(cache, header(answer, "Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/townhall.f4m",
                "/hds-live/live/_definst_/townhall/townhall.f4m",
                "/hds-live/live/_definst_/anything/townhall.f4m",
                "/live/townhall/hds/stream.f4m"
            })
    void whatAManifestNamesIsThere(String manifest) throws IOException, InterruptedException {
        assertPlays(URI.create(manifest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/townhall.f4m?level=set", "/hds-live/live/_definst_/townhall.f4m"})
    void whatASetNamesIsThere(String set) throws IOException, InterruptedException {
        String href = found("<media href=\"([^\"]+)\"", text(set));
        assertPlays(URI.create(set).resolve(href));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hls-live/live/_definst_/townhall/townhall.m3u8",
                "/hls-live/live/_definst_/anything/townhall.m3u8",
                "/hls-live/live/_definst_/townhall.m3u8"
            })
    void playlistsHaveAdobesAddressesToo(String address) throws IOException, InterruptedException {
        assertEquals(text("/live/townhall.m3u8"), text(address));
        URI list = URI.create(address).resolve(found("(?m)^([^#].*)$", text(address)));
        URI segment = list.resolve(found("(?m)^([^#].*)$", text(list.toString())));
        assertEquals(200, stream.get(segment.toString()).statusCode());
    }

    @Test
    void aFragmentHasOneContentInAnySegment() throws IOException, InterruptedException {
        assertArrayEquals(
                stream.get("/live/townhall/hds/streamSeg1-Frag" + newest).body(),
                stream.get("/live/townhall/hds/streamSeg3-Frag" + newest).body());
    }

    @Test
    void partsOfFragmentsAreServed() throws IOException, InterruptedException {
        String path = "/live/townhall/hds/streamSeg1-Frag" + newest;
        HttpResponse<byte[]> part = stream.get(path, "Range", "bytes=4-7");
        assertEquals(206, part.statusCode());
        assertEquals("afra", new String(part.body(), StandardCharsets.US_ASCII));
        assertArrayEquals(Arrays.copyOfRange(stream.get(path).body(), 4, 8), part.body());
    }

    @Test
    void playersInFlashMayReadFromHere() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get("/crossdomain.xml");
        assertEquals(200, answer.statusCode());
        assertEquals("text/x-cross-domain-policy", header(answer, "Content-Type"));
        assertTrue(text("/crossdomain.xml").contains("<allow-access-from domain=\"*\"/>"));
    }

    private static void assertPlays(URI manifest) throws IOException, InterruptedException {
        String text = text(manifest.toString());
        URI bootstrap = manifest.resolve(found("bootstrapInfo [^>]*url=\"([^\"]+)\"", text));
        String media = manifest.resolve(found("<media url=\"([^\"]+)\"", text)).toString();
        CheckedBootstrap table = bootstrap(bootstrap.toString());
        for (CheckedBootstrap.Listed listed : table.fragments()) {
            HttpResponse<byte[]> fragment = stream.get(media + "Seg" + table.segment() + "-Frag" + listed.number());
            assertEquals(200, fragment.statusCode());
            assertEquals(
                    listed.startMs(),
                    CheckedFragment.read(Bytes.wrap(fragment.body()))
                            .tags()
                            .get(0)
                            .timestampMs());
        }
    }

    private static CheckedBootstrap bootstrap(String path) throws IOException, InterruptedException {
        return CheckedBootstrap.read(Bytes.wrap(stream.get(path).body()));
    }

    private static String text(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(200, answer.statusCode(), path);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }

    private static String found(String pattern, String text) {
        MatchResult result =
                Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
        return result.group(1);
    }
}
